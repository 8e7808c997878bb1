#!/usr/bin/env bash
# announce.sh DATA-DIR PIPE-DIR: waits on standard input for the server's line `ready URL`, then prints
# what to paste into another terminal.
set -euo pipefail
trap '' INT TERM
data=$1
rm -rf "$2"

while read -r word base; do
    if [[ $word == ready ]]; then break; fi
done
if [[ -z ${base:-} ]]; then exit 0; fi # the server ended before; it has said why itself

password=
if [[ -r $data/bootstrap-password ]]; then
    password=$(<"$data/bootstrap-password")
    user="admin:\"\$(cat $(printf %q "$data/bootstrap-password"))\""
    origin="password in $data/bootstrap-password"
elif [[ -n ${ESCAPEMENT_ADMIN_PASSWORD:-} ]]; then
    password=$ESCAPEMENT_ADMIN_PASSWORD
    user='admin:"$ESCAPEMENT_ADMIN_PASSWORD"'
    origin='password in ESCAPEMENT_ADMIN_PASSWORD'
else
    user=admin
    origin='curl asks for the password'
fi

requests=$base/ess/rest/scheduler/v1/requests
# The number that the next request gets, so that the lines work as they stand.
newest=
if [[ -n $password ]]; then
    newest=$(curl -sS -K <(printf 'user = "admin:%s"\n' "$password") \
        "$requests?orderBy=requestId:desc&limit=1&fields=requestId" 2>/dev/null |
        grep -o '"requestId":[0-9]*' | cut -d : -f 2 | sort -n | tail -n 1 || true)
fi
next=$((${newest:-0} + 1))

argument='{"name":"submit.argument1","paramType":"STRING","value":"600"}'
sleep="{\"jobDefinitionId\":\"JobDefinition://samples/Sleep\",\"requestParameters\":[$argument]}"

cat <<END

Escapement is ready: $base   (user admin, $origin; Ctrl-C stops the server)

Paste into another terminal. Submit a sample that sleeps for ten minutes, read it, cancel it:

curl -sSw '\n' -u $user -H 'Content-Type: application/json' -d '$sleep' $requests
curl -sSw '\n' -u $user $requests/$next
curl -sSw '\n' -u $user -X POST $requests/$next/cancel

All calls, to read and to try in a browser: $base/api/v1/docs

The submit answers with the request's id; these lines expect it to be $next.
END

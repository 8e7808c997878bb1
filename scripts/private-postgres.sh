#!/usr/bin/env bash
# private-postgres.sh [NAME=VALUE…]: a PostgreSQL of one's own on a free port of 127.0.0.1, fsync on, its data in a
# temporary folder, never run by root. Takes settings of postgresql.conf.
#
# Prints its URI once it answers and then obeys the lines `stop`, `start` and `restart` on standard input, each
# answered by `done`. When standard input ends, however its writer ended, the server is stopped and its data removed.
set -euo pipefail

starts_max=5        # attempts to find a port that nobody takes meanwhile
start_seconds=60    # until it answers, recovery after a crash included

binaries=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1 || true)
if [[ -z $binaries ]]; then
    control=$(command -v pg_ctl) || { echo "PostgreSQL's pg_ctl is not installed here" >&2; exit 1; }
    binaries=$(dirname "$(readlink -f "$control")")
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/escapement-postgres.XXXXXX")
data=$folder/data
log=$folder/log
as_user=()
if [[ $EUID -eq 0 ]]; then
    user=nobody
    if id -u postgres >/dev/null 2>&1; then user=postgres; fi
    group=$(id -gn "$user")
    as_user=(setpriv "--reuid=$user" "--regid=$group" --clear-groups --)
    chown "$user:$group" "$folder"
fi
cd "$folder"

run() {
    env -u PGDATA -u PGPORT HOME="$folder" LC_ALL=C.UTF-8 "${as_user[@]}" "$@" >>"$log" 2>&1 </dev/null
}

stop() { # MODE
    if [[ -e $data/postmaster.pid ]]; then run "$binaries/pg_ctl" stop -D "$data" -m "$1" -w || true; fi
}

clean_up() {
    stop immediate
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

start() {
    run "$binaries/pg_ctl" start -D "$data" -w -t "$start_seconds" -l "$folder/server.log" -o "-p $port"
}

fail() {
    cat "$folder"/*log >&2
    exit 1
}

: >"$log"
if [[ $EUID -eq 0 ]]; then chown "$user:$group" "$log"; fi
password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
(umask 077 && echo "$password" >"$folder/password")
if [[ $EUID -eq 0 ]]; then chown "$user:$group" "$folder/password"; fi
run "$binaries/initdb" -D "$data" --username=escapement --pwfile="$folder/password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync || fail
{
    echo "listen_addresses = '127.0.0.1'"
    echo "unix_socket_directories = ''"
    echo "fsync = on"
    echo "synchronous_commit = on"
    echo "max_connections = 200"
    for setting in "$@"; do echo "${setting%%=*} = '${setting#*=}'"; done
} >>"$data/postgresql.conf"

for ((attempt = 1; ; attempt++)); do
    # Below the ports that the kernel gives out by itself.
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    if start; then break; fi
    if ((attempt == starts_max)); then fail; fi
done
echo "postgres://escapement:$password@127.0.0.1:$port/postgres"

while read -r command; do
    case $command in
    stop) stop fast ;;
    start) start || fail ;;
    restart)
        stop fast
        start || fail
        ;;
    *)
        echo "unknown command: $command" >&2
        exit 2
        ;;
    esac
    echo "done"
done

#!/usr/bin/env bash
# A first look at a cluster: builds the server for release, starts a PostgreSQL of its own and two nodes, north and
# south, on loopback, and prints a tour. Nothing of it stays when it ends.
. "$(dirname "$0")/lib.sh"

host=127.0.0.1
port=${PORT:-8080}
lease=10s

stage setup scripts/setup.sh tests
fetch_docs_viewer
echo "Building the server; the first time takes 10 to 20 minutes on two cores."
stage release swift build -c release --product escapement
server=$(swift build -c release --show-bin-path)/escapement

# Everything of this cluster; below /var/tmp, where the users of jobs can reach their directories.
folder=$(mktemp -d /var/tmp/escapement-cluster.XXXXXX)
chmod 711 "$folder"
pids=()

clean_up() {
    trap - EXIT
    trap '' INT TERM
    for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    # The database ends when its standard input does.
    if [[ -n ${database[1]:-} ]]; then exec {database[1]}>&-; fi
    if [[ -n ${database_PID:-} ]]; then wait "$database_PID" 2>/dev/null || true; fi
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# In a session of its own: Ctrl-C must end the nodes before the database.
coproc database { exec setsid scripts/private-postgres.sh; }
read -r uri <&"${database[0]}"

# One password file, one key for all nodes: neither belongs on a command line.
authority=${uri#postgres://}
password=${authority#*:}
(umask 077 && printf '%s\n' "${password%%@*}" >"$folder/password" &&
    head -c 32 /dev/urandom >"$folder/secret.key" &&
    od -An -N12 -tx1 /dev/urandom | tr -d ' \n' >"$folder/admin")
mkdir -m 711 "$folder/content"
ESCAPEMENT_ADMIN_PASSWORD=$(<"$folder/admin")
export ESCAPEMENT_ADMIN_PASSWORD

start_node() { # NAME PORT
    local arguments=(
        --store-url "postgres://${authority%%:*}@${authority#*@}" --store-password-file "$folder/password"
        --secrets-key-file "$folder/secret.key" --content-dir "$folder/content"
        --node-name "$1" --cluster-lease "$lease" --http-host "$host" --http-port "$2"
        --data-dir "$folder/$1" --metadata-directory "$PWD/Examples/metadata"
        --outbound-allow 127.0.0.0/8 --force-cancel-after 10s --log-format text
        "${viewer_arguments[@]}"
    )
    # Job processes never run as root.
    if [[ $EUID -eq 0 ]]; then arguments+=(--process-user nobody); fi
    mkfifo "$folder/$1.ready"
    setsid "$server" serve "${arguments[@]}" >"$folder/$1.ready" 2>"$folder/$1.log" &
    pids+=("$!")
    if ! grep -q -m 1 '^ready ' <"$folder/$1.ready"; then
        cat "$folder/$1.log" >&2
        exit 1
    fi
}

start_node north "$port"
start_node south "$((port + 1))"

cat <<END

Two nodes share one PostgreSQL. Ctrl-C here ends them all; what they say is in $folder/north.log and south.log.
In another terminal, in this folder:

E="$server"; A="--user admin --password-file $folder/admin"
N="--url http://$host:$port"; S="--url http://$host:$((port + 1))"
\$E node list \$N \$A

# All calls, to read and to try in a browser: http://$host:$port/api/v1/docs (user admin, password in $folder/admin)

# Let north rest, submit there: south runs it.
\$E node quiesce north \$N \$A
ID=\$(\$E request submit \$N \$A --definition samples/Sleep --param submit.argument1=5)
sleep 1; \$E request get \$S \$A \$ID; \$E request wait \$N \$A \$ID

# A job that may be repeated starts on south. Kill south: within two leases ($lease each) north runs it anew.
ID=\$(\$E request submit \$N \$A --definition samples/Takeover); sleep 1
\$E node resume north \$N \$A; kill -9 ${pids[1]}
\$E request wait \$N \$A \$ID; \$E request get \$N \$A \$ID; \$E node list \$N \$A
END

# Until the last node has ended.
for pid in "${pids[@]}"; do wait "$pid" || true; done

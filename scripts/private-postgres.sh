#!/usr/bin/env bash
# private-postgres.sh [NAME=VALUE…]: a PostgreSQL of one's own on a free port of 127.0.0.1, fsync on, its data in a
# temporary folder, never run by root. Takes settings of postgresql.conf; with listen_addresses it is on that address.
#
# Prints its URI once it answers and then obeys lines on standard input. When that ends, however its writer ended, the
# servers are stopped and their data removed.
#
#   stop, start, restart   answered by `done`; who stops disconnects all and writes a checkpoint
#   crash                  as restart, but as if the power had failed
#   standby                makes a hot standby that every commit waits for; answered by a URI that finds the primary
#   promote                the primary fails for good and the standby takes its place; answered by `done`
set -euo pipefail

starts_max=5        # attempts to find a port that nobody takes meanwhile
start_seconds=60    # until it answers, recovery after a crash included

binaries=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1 || true)
if [[ -z $binaries ]]; then
    control=$(command -v pg_ctl) || { echo "PostgreSQL's pg_ctl is not installed here" >&2; exit 1; }
    binaries=$(dirname "$(readlink -f "$control")")
fi

address=127.0.0.1
for setting in "$@"; do
    if [[ $setting == listen_addresses=* ]]; then address=${setting#*=}; fi
done

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
    for data in "$folder"/data "$folder"/standby; do stop immediate; done
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

start() {
    run "$binaries/pg_ctl" start -D "$data" -w -t "$start_seconds" -l "$folder/server.log" -o "-p $port"
}

start_on_free_port() {
    for ((attempt = 1; ; attempt++)); do
        # Below the ports that the kernel gives out by itself.
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        if start; then break; fi
        if ((attempt == starts_max)); then fail; fi
    done
}

sql() { # STATEMENT
    PGPASSWORD=$password run "$binaries/psql" -X -q -v ON_ERROR_STOP=1 -h "$address" -p "$port" -U escapement \
        -d postgres -c "$1"
}

# Commits wait for the standby from the moment it is there, so that its promotion loses nothing.
make_standby() {
    local primary_port=$port
    PGPASSWORD=$password run "$binaries/pg_basebackup" -D "$folder/standby" -h "$address" -p "$port" -U escapement \
        -X stream -c fast || fail
    echo "primary_conninfo = 'host=$address port=$port user=escapement password=$password application_name=standby'" \
        >>"$folder/standby/postgresql.conf"
    touch "$folder/standby/standby.signal"
    if [[ $EUID -eq 0 ]]; then chown -R "$user:$group" "$folder/standby"; fi
    data=$folder/standby
    start_on_free_port
    standby_port=$port
    data=$folder/data
    port=$primary_port
    sql "ALTER SYSTEM SET synchronous_standby_names = 'standby'" || fail
    sql "SELECT pg_reload_conf()" || fail
    echo "postgres://escapement:$password@$address:$port,$address:$standby_port/postgres"
}

promote() {
    stop immediate
    data=$folder/standby
    port=$standby_port
    run "$binaries/pg_ctl" promote -D "$data" -w -t "$start_seconds" || fail
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

# An address beyond this machine is one of a network that was made for it.
if [[ $address != 127.0.0.1 ]]; then echo "host all all 0.0.0.0/0 scram-sha-256" >>"$data/pg_hba.conf"; fi

start_on_free_port
echo "postgres://escapement:$password@$address:$port/postgres"

while read -r command; do
    case $command in
    stop) stop fast ;;
    start) start || fail ;;
    restart)
        stop fast
        start || fail
        ;;
    crash)
        stop immediate
        start || fail
        ;;
    standby)
        make_standby
        continue
        ;;
    promote) promote ;;
    *)
        echo "unknown command: $command" >&2
        exit 2
        ;;
    esac
    echo "done"
done

#!/usr/bin/env bash
# A first look: builds the server for release, starts it on loopback with the samples, and prints what to
# paste. The server takes the place of this script, so that every signal reaches it, once.
. "$(dirname "$0")/lib.sh"

host=127.0.0.1
port=${PORT:-8080}
data=$PWD/data
arguments=(
    --http-host "$host" --http-port "$port"
    --data-dir "$data"
    --metadata-directory "$PWD/Examples/metadata"
    --outbound-allow 127.0.0.0/8  # the receiver of the sample asynchronous job
    --force-cancel-after 10s      # 30 minutes unless set: too long for a first look
    --log-format text
)

stage setup scripts/setup.sh
fetch_docs_viewer
arguments+=("${viewer_arguments[@]}")
echo "Building the server; the first time takes 10 to 20 minutes on two cores."
stage release swift build -c release --product escapement
server=$(swift build -c release --show-bin-path)/escapement

# Job processes never run as root. The user they get instead cannot reach a clone below /root or in a
# private home, so their directories lie elsewhere, in a place of this clone alone.
if [[ $EUID -eq 0 ]]; then
    work=/var/tmp/escapement-$(printf %s "$PWD" | cksum | cut -d ' ' -f 1)
    # Request numbers begin again at 1 with a new database: what the former one left must not be found.
    if [[ -O $work && ! -L $work && ! -e $data/escapement.db ]]; then rm -rf "$work"; fi
    mkdir -p -m 0711 "$work"
    if [[ ! -O $work || -L $work || ! -d $work ]]; then
        echo "$work is not a directory of this user: remove it" >&2
        exit 1
    fi
    arguments+=(--process-user nobody --process-work-dir "$work")
fi

# The one line of the server's standard output goes to the announcement, which is not its child.
pipe=$(mktemp -d)
mkfifo "$pipe/ready"
(scripts/announce.sh "$data" "$pipe" <"$pipe/ready" &)
exec "$server" serve "${arguments[@]}" >"$pipe/ready"

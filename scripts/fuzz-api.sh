#!/usr/bin/env bash
# fuzz-api.sh [SECONDS]
# Calls a server of its own with what the OpenAPI documents allow, and what they do not, for so long (180). Every
# answer must be one that they describe: no 500, no unknown status or type, no body of another form. A failure is
# printed with the curl that repeats it.
. "$(dirname "$0")/lib.sh"

limit=${1:-180}
root=$PWD
tools=.build/fuzz
python=$tools/bin/python
checks=not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance

stage setup scripts/setup.sh
stage tools scripts/fuzz-tools.sh "$tools"
stage build swift build --product escapement "${import_check[@]}"

data=$(mktemp -d)
chmod 0711 "$data"
server=
finish() {
    if [[ -n $server ]]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$data"
}
trap finish EXIT

arguments=(
    --http-host 127.0.0.1 --http-port 0
    --data-dir "$data/server"
    --metadata-directory "$PWD/Examples/metadata"
    --outbound-allow 127.0.0.0/8
    --force-cancel-after 1s
    --log-format text
)
if [[ $EUID -eq 0 ]]; then
    mkdir -m 0711 "$data/work"
    arguments+=(--process-user nobody --process-work-dir "$data/work")
fi
"$(swift build --show-bin-path)/escapement" serve "${arguments[@]}" >"$data/ready" 2>"$logs/fuzz-server.log" &
server=$!
for _ in {1..600}; do
    if [[ -s $data/ready ]] || ! kill -0 "$server" 2>/dev/null; then break; fi
    sleep 0.1
done
url=$(sed -n 's/^ready //p' "$data/ready")
if [[ -z $url ]]; then
    cat "$logs/fuzz-server.log" >&2
    echo "the server did not start" >&2
    exit 1
fi

# The fuzzer cannot read an answer of several YAML documents: the export is left out.
password=$(<"$data/server/bootstrap-password")
status=0
for name in openapi-ess openapi; do
    document=$data/$name.json
    curl -sSf -u "admin:$password" "$url/api/v1/$name.json" >"$document"
    stage "valid-$name" "$python" -m openapi_spec_validator "$document"
    # It leaves files where it runs.
    (
        cd "$data"
        SCHEMATHESIS_HOOKS=fuzz_hooks PYTHONPATH=$root/scripts PYTHONDONTWRITEBYTECODE=1 \
            "$root/$tools/bin/schemathesis" --no-color run "$document" \
            --url "$url" --auth "admin:$password" --checks "$checks" --max-time $((limit / 2)) \
            --exclude-operation-id exportDocuments --continue-on-failure --suppress-health-check all \
            --warnings off ${SEED:+--seed "$SEED"} 2>&1
    ) | tee "$logs/fuzz-$name.log" || status=1
    if ! kill -0 "$server" 2>/dev/null; then
        tail -n 50 "$logs/fuzz-server.log" >&2
        echo "the server ended" >&2
        exit 1
    fi
done
exit "$status"

#!/usr/bin/env bash
# fuzz-api.sh [SECONDS [SERVER]]
# Calls a server of its own with what the OpenAPI documents allow, and what they do not, for so long (180). Every
# answer must be one that they describe: no 500, no unknown status, field or type, no body of another form. A failure is
# printed with the curl that repeats it. With SERVER, a program that was built, nothing is installed or built.
. "$(dirname "$0")/lib.sh"

limit=${1:-180}
server_program=${2:-}
root=$PWD
tools=.build/fuzz
checks=not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance
checks+=,response_headers_conformance,unsupported_method,allow_header_conformance,use_after_free

if [[ -z $server_program ]]; then
    stage setup scripts/setup.sh
    stage tools scripts/fuzz-tools.sh "$tools"
    stage build swift build --product escapement "${import_check[@]}"
    server_program=$(swift build --show-bin-path)/escapement
fi
fetch_docs_viewer

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

mkdir "$data/metadata"
cp Examples/metadata/*.yaml scripts/fuzz/metadata.yaml "$data/metadata"
arguments=(
    --http-host 127.0.0.1 --http-port 0
    --data-dir "$data/server"
    --metadata-directory "$data/metadata"
    --node-name fuzz
    --outbound-allow 127.0.0.0/8
    --force-cancel-after 1s
    --log-format text
    "${viewer_arguments[@]}"
)
if [[ $EUID -eq 0 ]]; then
    mkdir -m 0711 "$data/work"
    arguments+=(--process-user nobody --process-work-dir "$data/work")
fi
"$server_program" serve "${arguments[@]}" >"$data/ready" 2>"$logs/fuzz-server.log" &
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

password=$(<"$data/server/bootstrap-password")
for name in openapi-ess openapi; do
    curl -sSf -u "admin:$password" "$url/api/v1/$name.json" >"$data/$name.json"
    stage "valid-$name" "$tools/bin/python" -m openapi_spec_validator "$data/$name.json"
done
"$tools/bin/python" scripts/fuzz/merge.py "$data/openapi-ess.json" "$data/openapi.json" >"$data/api.json"

# It leaves files where it runs. It cannot read an answer of several YAML documents: the export is left out.
status=0
(
    cd "$data"
    SCHEMATHESIS_HOOKS=fuzz_hooks PYTHONPATH=$root/scripts/fuzz PYTHONDONTWRITEBYTECODE=1 \
        "$root/$tools/bin/schemathesis" --config-file "$root/scripts/fuzz/schemathesis.toml" --no-color run api.json \
        --url "$url" --auth "admin:$password" --checks "$checks" --max-time "$limit" \
        --exclude-operation-id exportDocuments --continue-on-failure --suppress-health-check all \
        --warnings off ${SEED:+--seed "$SEED"} 2>&1
) | tee "$logs/fuzz-api.log" || status=1
if ! kill -0 "$server" 2>/dev/null; then
    tail -n 50 "$logs/fuzz-server.log" >&2
    echo "the server ended" >&2
    exit 1
fi
exit "$status"

#!/usr/bin/env bash
# docs-viewer.sh [FOLDER]
# Puts Swagger UI, by which a server shows its OpenAPI documents at /api/v1/docs, into the folder (.build/docs-viewer),
# unless it is there already. `http.docsViewerDir` names the folder to the server.
set -euo pipefail
umask 022

# A wheel that carries the files of Swagger UI 5.33.1 as they were published.
package=drf-spectacular-sidecar==2026.10.1
hash=sha256:fe1d005d8ac9b5d0472f2fe5deeb2e7d6dcffaa24118044f22578b4b8c4b31f2
inside=drf_spectacular_sidecar/static/drf_spectacular_sidecar/swagger-ui-dist
files=(LICENSE swagger-ui-bundle.js swagger-ui.css)
folder=${1:-$(dirname "$0")/../.build/docs-viewer}

is_complete() {
    [[ -e $folder/version && $(<"$folder/version") == "$package" ]] || return 1
    for file in "${files[@]}"; do [[ -s $folder/$file ]] || return 1; done
}
if is_complete; then exit; fi

# The one that setup.sh looks at.
python=/usr/bin/python3
[[ -x $python ]] || python=python3

draft=$(mktemp -d)
trap 'rm -rf "$draft"' EXIT
"$python" -m venv "$draft/python"
echo "$package --hash=$hash" >"$draft/requirements"
"$draft/python/bin/pip" --disable-pip-version-check --quiet --timeout 20 --retries 2 \
    download --no-deps --require-hashes --only-binary :all: --dest "$draft" --requirement "$draft/requirements"

mkdir -p "$folder"
rm -f "$folder/version"
"$python" - "$draft"/*.whl "$inside" "$folder" "${files[@]}" <<'END'
import pathlib, sys, zipfile

wheel, inside, folder, *files = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for file in files:
        pathlib.Path(folder, file).write_bytes(archive.read(f"{inside}/{file}"))
END
echo "$package" >"$folder/version"

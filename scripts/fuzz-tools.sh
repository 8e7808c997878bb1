#!/usr/bin/env bash
# fuzz-tools.sh [FOLDER]
# Makes a Python environment (.build/fuzz) with the tools of fuzz-api.sh, unless it is there.
set -euo pipefail

requirements=$(dirname "$0")/fuzz/requirements.txt
folder=${1:-$(dirname "$0")/../.build/fuzz}

if cmp --quiet "$requirements" "$folder/installed.txt"; then exit; fi
# The one that setup.sh looks at.
python=/usr/bin/python3
[[ -x $python ]] || python=python3
rm -rf "$folder"
"$python" -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
cp "$requirements" "$folder/installed.txt"

#!/usr/bin/env bash
# fuzz-tools.sh FOLDER
# Makes a Python environment with the tools of fuzz-api.sh, unless it is there.
set -euo pipefail

validator=openapi-spec-validator==0.9.0
fuzzer=schemathesis==4.32.5

if [[ -e $1/complete-$fuzzer ]]; then exit; fi
rm -rf "$1"
python3 -m venv "$1"
"$1/bin/pip" install --quiet --disable-pip-version-check "$validator" "$fuzzer"
touch "$1/complete-$fuzzer"

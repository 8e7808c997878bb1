#!/usr/bin/env bash
# Lint, and a build that refuses undeclared imports between targets.
. "$(dirname "$0")/lib.sh"

stage setup scripts/setup.sh
stage lint scripts/lint.sh
stage imports swift build --build-tests "${import_check[@]}"
report_total

#!/usr/bin/env bash
# The one command: everything that must be true of a commit, each stage with its time.
. "$(dirname "$0")/lib.sh"

stage setup scripts/setup.sh
stage lint scripts/lint.sh
stage build swift build --build-tests "${import_check[@]}"
stage_tests test swift test --skip-build --disable-xctest
report_total

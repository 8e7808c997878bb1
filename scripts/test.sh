#!/usr/bin/env bash
# The one command: everything that must be true of a commit, each stage with its time.
. "$(dirname "$0")/lib.sh"

stage setup scripts/setup.sh tests
stage lint scripts/lint.sh
stage build swift build --build-tests "${import_check[@]}"
tests_limit=3600 # seconds; four times what they take
# One after the other: side by side the heavy ones would starve those that have a time limit.
stage_tests test swift test --skip-build --disable-xctest --no-parallel
report_total

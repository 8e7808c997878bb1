#!/usr/bin/env bash
# test-only.sh FILTER: builds, then runs the tests whose TARGET.SUITE/NAME matches the expression.
. "$(dirname "$0")/lib.sh"

stage setup scripts/setup.sh tests
stage build swift build --build-tests "${import_check[@]}"
stage_tests test swift test --skip-build --disable-xctest --filter "$1"
report_total

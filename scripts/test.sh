#!/usr/bin/env bash
# The one command: everything that must be true of a commit, each stage with its time.
. "$(dirname "$0")/lib.sh"

stage setup scripts/setup.sh tests
stage lint scripts/lint.sh
stage build swift build --build-tests "${import_check[@]}"
tests_limit=3600 # seconds for each run of tests; well beyond what they take
# One after the other: side by side the heavy ones would starve those that have a time limit.
ESCAPEMENT_TEST_STORE=sqlite \
    stage_tests test swift test --skip-build --disable-xctest --no-parallel
# The contract of the interface, which the run above has proven over SQLite; without what is slow and has no store.
ESCAPEMENT_TEST_STORE=postgres \
    stage_tests postgres swift test --skip-build --disable-xctest --no-parallel \
    --filter '^HTTPTests\.' --skip '(JSONFuzz|PasswordHash|BodySchema)Tests'
report_total

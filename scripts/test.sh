#!/usr/bin/env bash
# The one command: everything that must be true of a commit, each stage with its time.
. "$(dirname "$0")/lib.sh"

fuzz_seconds=180

stage setup scripts/setup.sh tests
stage tools scripts/fuzz-tools.sh .build/fuzz
stage lint scripts/lint.sh
stage build swift build --build-tests "${import_check[@]}"
server=$(swift build --show-bin-path)/escapement
tests_limit=3600 # seconds for each run of tests; well beyond what they take
# One after the other: side by side the heavy ones would starve those that have a time limit.
ESCAPEMENT_TEST_STORE=sqlite \
    stage_tests test swift test --skip-build --disable-xctest --no-parallel
# It is one call after the other, mostly of Python's time, and the run beside it waits much for its database. Its seed
# is fixed, so that a change is judged by what it does; `make fuzz-api` takes others.
SEED=${SEED:-1} begin_stage fuzz scripts/fuzz-api.sh "$fuzz_seconds" "$server"
# The contract of the interface, which the run above has proven over SQLite; without what is slow and has no store.
ESCAPEMENT_TEST_STORE=postgres \
    stage_tests postgres swift test --skip-build --disable-xctest --no-parallel \
    --filter '^HTTPTests\.' --skip '(JSONFuzz|PasswordHash|BodySchema)Tests'
join_stage
report_total

#!/usr/bin/env bash
# All tests under the thread sanitizer, in a build folder of their own.
. "$(dirname "$0")/lib.sh"

sanitized=(--sanitize thread --scratch-path .build-tsan)
stage setup scripts/setup.sh tests
stage build swift build --build-tests "${sanitized[@]}"
stage_tests test swift test --skip-build --disable-xctest "${sanitized[@]}"
report_total

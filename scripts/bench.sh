#!/usr/bin/env bash
# Builds the server and the benchmark package for release and runs the benchmarks.
. "$(dirname "$0")/lib.sh"

stage setup scripts/setup.sh
stage release swift build -c release --product escapement
stage bench-build swift build -c release --package-path Benchmarks
exec swift run -c release --package-path Benchmarks --skip-build "$@"

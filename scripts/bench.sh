#!/usr/bin/env bash
# Builds the server and the benchmark package for release and runs the benchmarks: all of them, or what the
# arguments say (--quick, --only NAME,…; --help lists them).
. "$(dirname "$0")/lib.sh"

stage setup scripts/setup.sh
stage release swift build -c release --product escapement
stage bench swift build -c release --package-path Benchmarks
server=$(swift build -c release --show-bin-path)/escapement
exec "$(swift build -c release --package-path Benchmarks --show-bin-path)/escapement-bench" --server "$server" "$@"

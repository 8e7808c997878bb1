#!/usr/bin/env bash
# build.sh debug|release
. "$(dirname "$0")/lib.sh"

stage setup scripts/setup.sh
case ${1:-debug} in
debug) stage build swift build --build-tests "${import_check[@]}" ;;
release) stage release swift build -c release --product escapement ;;
*)
    echo "usage: $0 debug|release" >&2
    exit 2
    ;;
esac

#!/usr/bin/env bash
# build.sh debug|release
. "$(dirname "$0")/lib.sh"

case ${1:-debug} in
debug)
    stage setup scripts/setup.sh tests
    stage build swift build --build-tests "${import_check[@]}"
    ;;
release)
    stage setup scripts/setup.sh
    stage release swift build -c release --product escapement
    ;;
*)
    echo "usage: $0 debug|release" >&2
    exit 2
    ;;
esac

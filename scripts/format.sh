#!/usr/bin/env bash
# `check` refuses sources that the formatter would change or complains about; `write` formats them.
. "$(dirname "$0")/lib.sh"

sources=(Package.swift Sources Tests)
for extra in Benchmarks/Package.swift Benchmarks/Sources; do
    if [[ -e $extra ]]; then sources+=("$extra"); fi
done

case ${1:-} in
check) swift format lint --strict --recursive --parallel "${sources[@]}" ;;
write) swift format format --in-place --recursive --parallel "${sources[@]}" ;;
*)
    echo "usage: $0 check|write" >&2
    exit 2
    ;;
esac

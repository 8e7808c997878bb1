#!/usr/bin/env bash
# What can be judged without building: format, and the syntax of the scripts.
. "$(dirname "$0")/lib.sh"

scripts/format.sh check
for script in .ci/run scripts/*.sh; do
    bash -n "$script"
done

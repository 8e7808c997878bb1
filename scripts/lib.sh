# Sourced by the scripts: runs the stages of a job, times them, and reports.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Refuses an import between targets that the manifest does not declare. One value for all builds,
# because a build with other flags would start from nothing.
import_check=(--explicit-target-dependency-import-check error)
logs=.build/logs
stage_lines=()
mkdir -p "$logs"

finish_stage() { # NAME SECONDS
    stage_lines+=("$(printf '%-8s %5d s' "$1" "$2")")
    echo "${stage_lines[-1]}"
}

fail_stage() { # NAME STATUS
    echo "stage '$1' failed with exit status $2; its whole output is in $logs/$1.log" >&2
    exit "$2"
}

# stage NAME COMMAND…: silent on success; on failure its whole output, its name, and the end.
stage() {
    local name=$1 start=$SECONDS status
    shift
    if "$@" 2>&1 | tee "$logs/$name.log" | show_progress; then
        finish_stage "$name" $((SECONDS - start))
    else
        status=$?
        cat "$logs/$name.log"
        fail_stage "$name" "$status"
    fi
}

# As stage, but the output is seen while it comes, without the lines of single tests that pass.
stage_tests() { # NAME COMMAND…
    local name=$1 start=$SECONDS status=0
    shift
    "$@" 2>&1 | tee "$logs/$name.log" | leave_out_passing_tests || status=$?
    # No closing line: the tests crashed. No test: a filter matched nothing, which swift test calls a success.
    if ! grep -q 'Test run with ' "$logs/$name.log"; then
        tail -n 50 "$logs/$name.log"
        fail_stage "$name" $((status ? status : 1))
    elif grep -q 'Test run with 0 tests' "$logs/$name.log"; then
        echo "no test ran" >&2
        fail_stage "$name" 1
    elif ((status)); then
        fail_stage "$name" "$status"
    fi
    finish_stage "$name" $((SECONDS - start))
}

# Of a build only the newest `[n/m] …` line, and only on a terminal.
show_progress() {
    if [[ -t 1 ]]; then
        awk '/^\[[0-9]+\/[0-9]+\]/ { printf "\r\033[K%s", substr($0, 1, 78); fflush() } END { printf "\r\033[K" }'
    else
        cat >/dev/null
    fi
}

# The arguments of a test case may hold line ends: such an announcement goes on until `started.`
leave_out_passing_tests() {
    awk 'within { within = !/started\.$/; next }
         /^[^ ]+ +Test run / { print; fflush(); next }
         /^◇ +Test case passing / { within = !/started\.$/; next }
         /^[^ ]+ +(Test|Suite) .*(started|passed after .*)\.$/ { next }
         { print; fflush() }'
}

report_total() {
    printf '%-8s %5d s\n' total "$SECONDS"
}

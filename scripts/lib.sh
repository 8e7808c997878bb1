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

# begin_stage NAME COMMAND…: a stage beside those that follow, one at a time; join_stage waits for its end and reports
# it. It is ended where the script ends before.
begin_stage() {
    beside=$1
    shift
    # In a process group of its own, so that all of it can be ended.
    set -m
    (
        start=$SECONDS status=0
        nice "$@" >"$logs/$beside.log" 2>&1 </dev/null || status=$?
        echo $((SECONDS - start)) >"$logs/$beside.seconds"
        exit "$status"
    ) &
    beside_pid=$!
    set +m
    trap 'kill -TERM -- "-$beside_pid" 2>/dev/null || true' EXIT
}

join_stage() {
    local status=0
    wait "$beside_pid" || status=$?
    trap - EXIT
    if ((status)); then
        cat "$logs/$beside.log"
        fail_stage "$beside" "$status"
    fi
    finish_stage "$beside" "$(<"$logs/$beside.seconds")"
}

# As stage, but the output is seen while it comes, without the lines of single tests that pass. Where tests_limit
# is set, tests that take longer than so many seconds are taken to hang.
stage_tests() { # NAME COMMAND…
    local name=$1 start=$SECONDS status=0 watchdog=
    shift
    if [[ -n ${tests_limit:-} ]]; then
        end_tests_after "$tests_limit" $$ &
        watchdog=$!
    fi
    "$@" 2>&1 | tee "$logs/$name.log" | leave_out_passing_tests || status=$?
    if [[ -n $watchdog ]]; then kill "$watchdog" 2>/dev/null || true; fi
    # No closing line: the tests crashed. No test: a filter matched nothing, which swift test calls a success.
    if ! grep -q 'Test run with ' "$logs/$name.log"; then
        tail -n 50 "$logs/$name.log"
        echo "begun and not ended:" >&2
        unfinished_tests <"$logs/$name.log" >&2
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

# Ends the tests that processes below an ancestor run.
end_tests_after() { # SECONDS ANCESTOR
    # Its standard output would keep a reader of ours waiting.
    exec >/dev/null
    trap 'kill $!; exit' TERM
    sleep "$1" &
    wait $!
    echo "the tests have not ended after $1 s; what runs:" >&2
    local pid
    for pid in $(descendants "$2"); do
        ps -o pid=,ppid=,stat=,etimes=,args= -p "$pid" | cut -c 1-200 >&2
    done
    for pid in $(descendants "$2"); do
        if [[ $(readlink "/proc/$pid/exe") == *PackageTests.xctest ]]; then kill -KILL "$pid"; fi
    done
}

# Cases of one test tell their beginning only, and are many: the test they belong to is named.
unfinished_tests() {
    sed -nE -e '/^. +Test case /d' \
        -e 's/^. +(Test|Suite) (.*) (started|passed after .*|failed after .*|skipped.*)\.?$/\3\t\1 \2/p' |
        awk -F '\t' '$1 ~ /^started/ { open[$2]; next }
                     { sub(/ with [0-9]+ test cases$/, "", $2); delete open[$2] }
                     END { for (name in open) print "  " name }'
}

descendants() { # PID
    local child
    for child in $(pgrep -P "$1"); do
        echo "$child"
        descendants "$child"
    done
}

# Sets viewer_arguments, by which a server finds the viewer of its OpenAPI documents; it can do without.
fetch_docs_viewer() {
    viewer_arguments=()
    if scripts/docs-viewer.sh .build/docs-viewer >"$logs/viewer.log" 2>&1; then
        viewer_arguments=(--http-docs-viewer-dir "$PWD/.build/docs-viewer")
    else
        echo "The viewer of the API's documents could not be fetched ($logs/viewer.log): /api/v1/docs is a plain list."
    fi
}

report_total() {
    printf '%-8s %5d s\n' total "$SECONDS"
}

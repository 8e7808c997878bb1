#!/usr/bin/env bash
# private-network.sh MEMBER…: a network of one's own, for root: each member in a network namespace, all joined by a
# router in one more, which this machine reaches too.
#
# Prints a line `MEMBER NAMESPACE ADDRESS` for each, then `ready`, and obeys lines on standard input, each answered by
# `done`. When that ends, however its writer ended, the namespaces are removed.
#
#   down MEMBER, up MEMBER     its link; while that is down nothing goes in or out, and nobody is told
#   drop FROM TO, pass FROM TO what one member sends the other vanishes on the way; the other direction works
set -euo pipefail

prefix=escapement-$$
block=198.18.$(($$ % 250)) # of the addresses reserved for measurements among network devices
router=$prefix-router
declare -A numbers=()

near() { echo "e$$.$1r"; } # router's end of the link of member number $1
far() { echo "e$$.$1m"; }

clean_up() {
    for name in "${!numbers[@]}"; do ip netns del "$prefix-$name" 2>/dev/null || true; done
    ip link del "$(far 0)" 2>/dev/null || true
    ip netns del "$router" 2>/dev/null || true
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

connect() { # NUMBER [NAMESPACE]: without a namespace it is this machine's own
    local into=()
    ip link add "$(near "$1")" type veth peer name "$(far "$1")"
    ip link set "$(near "$1")" netns "$router"
    if [[ -n ${2:-} ]]; then
        ip link set "$(far "$1")" netns "$2"
        into=(-n "$2")
    fi
    ip -n "$router" addr add "$block.$((4 * $1 + 1))/30" dev "$(near "$1")"
    ip -n "$router" link set "$(near "$1")" up
    ip "${into[@]}" addr add "$block.$((4 * $1 + 2))/30" dev "$(far "$1")"
    ip "${into[@]}" link set "$(far "$1")" up
    if [[ -n ${2:-} ]]; then
        ip -n "$2" link set lo up
        ip -n "$2" route add default via "$block.$((4 * $1 + 1))"
    else
        ip route add "$block.0/24" via "$block.$((4 * $1 + 1))"
    fi
}

address() { echo "$block.$((4 * ${numbers[$1]} + 2))"; }

ip netns add "$router"
ip -n "$router" link set lo up
ip netns exec "$router" sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
connect 0
for name in "$@"; do
    numbers[$name]=$((${#numbers[@]} + 1))
    ip netns add "$prefix-$name"
    connect "${numbers[$name]}" "$prefix-$name"
    echo "$name $prefix-$name $(address "$name")"
done
echo ready

while read -r command one other; do
    case $command in
    down | up) ip -n "$router" link set "$(near "${numbers[$one]}")" "$command" ;;
    drop) ip -n "$router" rule add from "$(address "$one")" to "$(address "$other")" blackhole ;;
    pass) ip -n "$router" rule del from "$(address "$one")" to "$(address "$other")" blackhole ;;
    *)
        echo "unknown command: $command" >&2
        exit 2
        ;;
    esac
    echo "done"
done

#!/usr/bin/env bash
# Measures everything of which the documents tell figures, and writes what was printed to bench/results/, with the
# command and the machine on top. docs/performance.md says how to read it.
#
# A file is replaced when its command has ended without an error, and all of them at the end: so that the commit on top
# of a file is the one that was measured, and not that commit with changed results.
#
# Usage: bench/record.sh [--out DIR] [NAME...]   these alone; without a name all but the long ones
#        bench/record.sh --list                  the names and their commands
#        bench/record.sh --update-docs           puts the tables of bench/results/ into README.md and docs/
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

names=(run portable governor cancel instances host-calls load pairs snapshots profile start-time saved-start-time)
long_names=(fuzz snapshots-arm64) # half an hour and more
guest=bench/guests/built/static/keccak.pvm2

command_of() {
    case $1 in
        run) echo bench/run.sh ;;
        portable) echo bench/run.sh --portable --interpreter ;;
        governor | cancel | instances | host-calls | load | pairs | snapshots | profile) echo bench/run.sh "--$1" ;;
        start-time) echo bench/start-time.sh 20 "$guest" ;;
        saved-start-time) echo bench/saved-start-time.sh 20 "$guest" ;;
        fuzz) echo tests/Pvm2.Fuzz/run.sh --seed 20261127 --blocks 24000k --threads 2 ;;
        snapshots-arm64) echo env PVM2_SEED=4242 tests/arm64/run.sh --snapshots 1000 ;;
        *) return 1 ;;
    esac
}

# Prints the command and the machine, and what the command prints. All is built already: to build right before measuring
# would warm the processor, and count as load.
record() {
    local command
    read -ra command <<<"$(command_of "$1")"
    echo "command: ${command[*]}"
    echo "machine: $(bench/run.sh --no-build --machine)"
    echo
    if [[ ${command[0]} == bench/run.sh ]]; then
        command=(bench/run.sh --no-build "${command[@]:1}")
    fi
    "${command[@]}"
}

# Also when interrupted: what is measured is measured.
keep_results() {
    find "$work" -name '*.txt' -exec mv -t "$out" {} +
    rm -rf "$work"
}

out=bench/results
if [[ "${1:-}" == --update-docs ]]; then
    exec bench/run.sh --update-docs "$PWD/README.md" "$PWD"/docs/*.md
elif [[ "${1:-}" == --list ]]; then
    for name in "${names[@]}" "${long_names[@]}"; do
        printf '%-18s%s\n' "$name" "$(command_of "$name")"
    done
    exit 0
elif [[ "${1:-}" == --out ]]; then
    out=${2:?--out takes a folder.}
    shift 2
fi
[[ $# == 0 ]] || names=("$@")
for name in "${names[@]}"; do
    command_of "$name" >/dev/null || { echo "$name is no name; --list has them." >&2; exit 64; }
done

if ! mkdir -p "$out" || [[ ! -w $out ]]; then
    echo "$out cannot be written." >&2
    exit 73
fi

work=$(mktemp -d)
trap keep_results EXIT
bench/run.sh --machine >/dev/null
failed=0
for name in "${names[@]}"; do
    start=$SECONDS
    if record "$name" >"$work/$name.partial"; then
        mv "$work/$name.partial" "$work/$name.txt"
        echo "$name: $((SECONDS - start)) s" >&2
    else
        echo "$name failed after $((SECONDS - start)) s; its file stays as it was." >&2
        failed=1
    fi
done
exit "$failed"

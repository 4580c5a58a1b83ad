#!/usr/bin/env bash
# An adapter of the comparison of engines, as docs/engine-adapters.md describes them: puts the command qemu-x86_64 behind the
# protocol. To make one for another command, change engine_version and run_engine.
#
#   bench/adapters/example.sh serve           speaks the protocol
#   bench/adapters/example.sh once PROGRAM    runs one program and writes its result
#
# A command is started anew for each run, so the start of a process is in what this measures. That is no figure for "cold",
# which is about engines within a process: bench/adapters/example.json asks for "process" alone, and "cold" is there for the
# result, which is looked at before anything is measured.
set -euo pipefail

engine_version() {
    qemu-x86_64 --version | head -n 1
}

# Runs a program once and writes what it left, as 0x…
run_engine() {
    qemu-x86_64 "$1" once
}

# Microseconds since 1970: the best clock of the shell.
now() {
    echo "${EPOCHREALTIME//[!0-9]/}"
}

cold() {
    local count=$1 result start end
    start=$(now)
    for ((; count > 0; count--)); do
        result=$(run_engine "$program") || { echo "error the program failed"; return; }
    done
    end=$(now)
    echo "ok $(((end - start) * 1000)) $result"
}

serve() {
    local request argument program=
    while read -r request argument; do
        case $request in
            hello) echo "ok $(engine_version)" ;;
            load)
                program=$argument
                [[ -r $program ]] && echo ok || echo "error cannot read $program"
                ;;
            cold) cold "$argument" ;;
            compile | run | instances | memory) echo unsupported ;;
            quit) return ;;
            *) echo "error there is no such request" ;;
        esac
    done
}

case ${1:-} in
    serve) serve ;;
    once) run_engine "${2:?once takes a program.}" ;;
    *) echo "usage: example.sh serve | once PROGRAM" >&2; exit 64 ;;
esac

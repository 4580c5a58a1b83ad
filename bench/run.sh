#!/usr/bin/env bash
# Measures Pvm2 on this machine: builds what is needed and prints tables.
#
# The ten workloads compiled for the machine itself, which runs are compared with, need clang-19. It is installed from
# Debian 12's packages when it is missing and this is a Debian machine where we are root. Where it cannot be had, the
# columns about bare metal stay empty.
#
# Usage: bench/run.sh [--no-build] [options of the benchmarks, see --help; without any: --quick]
set -euo pipefail
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
native=$bench/guests/built/native

# The libraries are not in the repository. They are built anew when a source is newer than they are.
is_current() {
    [[ -e $native/.complete && -z $(find "$bench/guests/c" "$bench/guests/include" "$bench/guests/build.sh" -newer "$native/.complete" -print -quit) ]]
}

build_native() {
    local work
    work=$(mktemp -d)
    "$bench/guests/build.sh" --native --elf-only --no-rust --no-install --out "$work" >&2
    mkdir -p "$native"
    cp "$work"/native/*.so "$native/"
    touch "$native/.complete"
    rm -rf "$work"
}

has_compilers() {
    local tool
    for tool in clang-19 ld.lld-19 llvm-ar-19; do
        command -v "$tool" >/dev/null || return 1
    done
}

prepare_bare_metal() {
    if ! has_compilers && [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        echo "Installing clang-19, lld-19 and llvm-19 ..." >&2
        apt-get update -qq >&2 || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends clang-19 lld-19 llvm-19 >/dev/null || true
    fi
    if has_compilers; then
        build_native
    else
        echo "clang-19, lld-19 or llvm-19 is missing (Debian packages of these names): going on without bare metal." >&2
    fi
}

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
if [[ "${1:-}" == --no-build ]]; then
    shift
else
    is_current || prepare_bare_metal
    dotnet build "$bench/Pvm2.Benchmarks" -c Release -v quiet -nologo >&2
fi
exec dotnet "$bench/Pvm2.Benchmarks/bin/Release/net10.0/Pvm2.Benchmarks.dll" "$@"

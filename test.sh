#!/usr/bin/env bash
# Builds everything with warnings as errors and runs every test.
#
# What the tests compare us with (clang, lld, llvm-mc, llvm-objdump, qemu-riscv64, and python3 for the vectors) is
# installed from Debian 12's packages when it is missing and this is a Debian machine where we are root. With
# --no-install, or where it cannot be installed, the tests that need it are skipped and named.
#
# After these the fuzzer runs for two minutes with a seed that it shows, tests/arm64/run.sh runs tests as an ARM64 processor
# would, and tests/Pvm2.ReaderFuzz/run.sh looks for bytes that a reader chokes on; with arguments for dotnet test they are
# left out.
#
# Usage: ./test.sh [--no-install] [further arguments for dotnet test, such as --filter NAME]
set -euo pipefail
cd "$(dirname "$0")"

packages=(clang-19 lld-19 llvm-19 qemu-user python3)
tools=(clang-19 ld.lld-19 llvm-mc-19 qemu-riscv64 python3)

missing() {
    local tool
    for tool in "${tools[@]}"; do
        command -v "$tool" >/dev/null || return 0
    done
    return 1
}

install=yes
more_options=()
if [[ "${1:-}" == --no-install ]]; then
    install=no
    more_options=(--no-install)
    shift
fi

if [[ $install == yes ]] && missing; then
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        echo "Installing ${packages[*]} ..."
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
    else
        echo "Not root on a Debian machine: tests that need ${tools[*]} are skipped where these are missing." >&2
        install=no
    fi
fi

# From here on a missing tool is a failure, not a reason to skip.
if [[ $install == yes ]]; then
    export PVM2_REQUIRE_TOOLS=1
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

dotnet build Pvm2.sln -c Release
status=0
dotnet test Pvm2.sln -c Release --no-build --logger "trx" --results-directory "$results" "$@" || status=$?

# Arguments say which tests a developer wants to see; what follows would take longer than they do.
if [[ $# == 0 ]]; then
    tests/Pvm2.Fuzz/run.sh --no-build --time 2m || status=$?
    tests/arm64/run.sh "${more_options[@]}" | tee "$results/arm64.log" || status=$?
    tests/Pvm2.ReaderFuzz/run.sh "${more_options[@]}" --time 8 || status=$?
fi

# One line that sums up all test projects, and the tests on ARM64.
shopt -s nullglob
passed=0 failed=0 skipped=0
for report in "$results"/*.trx; do
    counters=$(grep -o '<Counters [^>]*>' "$report")
    count() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$counters"; }
    passed=$((passed + $(count passed)))
    failed=$((failed + $(count failed)))
    skipped=$((skipped + $(count total) - $(count executed)))
done
if [[ -e $results/arm64.log && $(tail -n 1 "$results/arm64.log") =~ \ tests:\ ([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
    passed=$((passed + BASH_REMATCH[1]))
    failed=$((failed + BASH_REMATCH[2]))
    skipped=$((skipped + BASH_REMATCH[3]))
fi
echo "$passed passed, $failed failed, $skipped skipped"
if [[ $passed == 0 ]]; then
    echo "No test ran." >&2
    exit 1
fi
exit $status

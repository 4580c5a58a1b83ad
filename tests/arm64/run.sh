#!/usr/bin/env bash
# Builds the tests for linux-arm64 and runs them under qemu's emulation of a user's process: the tiers that run on every
# processor must give on ARM64 what they give here. docs/testing.md says which tests run.
#
# It takes qemu-user and Debian's libraries for arm64. qemu-user is installed when it is missing and this is a Debian
# machine where we are root; the libraries go to a folder of artifacts/, with an apt of its own: neither the machine's
# packages nor its architectures change. With --no-install only what is there already is used. Where something is missing
# the run is left out, unless PVM2_REQUIRE_TOOLS=1 says that it must be there.
#
# Snapshots of runs go both ways before that: taken here and finished there, and the other way round.
#
# Usage: tests/arm64/run.sh [--no-install] [TEXT ...]   with texts, tests whose full names contain one of them, alone
#        tests/arm64/run.sh [--no-install] --snapshots [COUNT]   snapshots alone, COUNT each way
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

artifacts=$PWD/artifacts/arm64
sysroot=$artifacts/sysroot
libraries=(libc6 libgcc-s1 libstdc++6 zlib1g libssl3)
unfit_host=3 # exit code of the runner where no result could be believed
snapshots=75 # that go each way
emulated_stride=7 # under emulation compiling is slow: of so many snapshots one is finished by a tier that compiles IL

install=yes
if [[ "${1:-}" == --no-install ]]; then
    install=no
    shift
fi

only_snapshots=no
if [[ "${1:-}" == --snapshots ]]; then
    only_snapshots=yes
    snapshots=${2:-$snapshots}
    [[ $# -le 2 && $snapshots =~ ^[1-9][0-9]*$ ]] || { echo "--snapshots takes a number." >&2; exit 64; }
    shift $#
elif [[ "${1:-}" == -* ]]; then
    echo "$1 is no option; the head of this file has them." >&2
    exit 64
fi

# Leaves the run out, or fails where it is required.
leave_out() {
    echo "ARM64 tests: $1" >&2
    if [[ "${PVM2_REQUIRE_TOOLS:-}" == 1 ]]; then
        exit 1
    fi
    echo "ARM64 tests are left out."
    exit 0
}

install_emulator() {
    [[ $install == yes ]] || leave_out "qemu-aarch64 is not installed."
    [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null || leave_out "not root on a Debian machine, and there is no qemu-aarch64."
    echo "Installing qemu-user ..."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends qemu-user >/dev/null ||
        leave_out "qemu-user could not be installed."
}

# apt with the machine's sources, but lists, archives and a record of installed packages of its own, for arm64.
foreign_apt() {
    apt-get -o Dir::State="$work" -o Dir::State::status="$work/status" -o Dir::Cache="$work" \
        -o APT::Architecture=arm64 -o APT::Architectures::=arm64 -qq "$@"
}

# The folder gets its name when it is whole, so one that is there can be used.
make_sysroot() {
    [[ $install == yes ]] || leave_out "there are no libraries in $sysroot."
    command -v apt-get >/dev/null || leave_out "not a Debian machine, and there are no libraries in $sysroot."
    echo "Fetching libraries for arm64 ..."
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/root"
    touch "$work/status"
    chmod -R a+rX "$work" # apt downloads as a user of its own

    # A source without packages for arm64 is no harm; what is missing shows in the next line.
    foreign_apt update >&2 || true
    foreign_apt install -y --download-only --no-install-recommends "${libraries[@]}" >/dev/null ||
        leave_out "the libraries could not be fetched."
    local package
    for package in "$work"/archives/*.deb; do
        dpkg-deb -x "$package" "$work/root"
    done
    mkdir -p "$artifacts"
    rm -rf "$sysroot"
    mv "$work/root" "$sysroot"
}

if [[ $(uname -m) == aarch64 ]]; then
    echo "ARM64 tests: this machine is one, ./test.sh runs all tests on it."
    exit 0
fi
command -v qemu-aarch64 >/dev/null || install_emulator
[[ -d $sysroot ]] || make_sysroot

# All output is apart from that of ordinary builds, which would otherwise be restored anew. The program brings its runtime.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
echo "Building the tests for linux-arm64 ..."
dotnet publish tests/Pvm2.TestRunner -c Release -r linux-arm64 --self-contained --artifacts-path "$artifacts" -v quiet
program=$artifacts/publish/Pvm2.TestRunner/release_linux-arm64/Pvm2.TestRunner

# The same program for this machine. ./test.sh has built it; building it again for nothing would take a while.
here_program=tests/Pvm2.TestRunner/bin/Release/net10.0/Pvm2.TestRunner.dll
if [[ ! -e $here_program || -n $(find Pvm2.* tools tests -name '*.cs' -newer "$here_program" -not -path '*/obj/*' -print -quit) ]]; then
    dotnet build tests/Pvm2.TestRunner -c Release -v quiet
fi

# The runtime reserves as much memory as its heap may take, and that is slow under emulation.
emulate() {
    DOTNET_GCHeapHardLimit=0x20000000 qemu-aarch64 -L "$sysroot" "$program" "$@"
}

# Without the variable the emulator may run stale code and results are silently wrong (HostCheck.cs). The runner must
# notice: it has to refuse before it is believed.
status=0
(unset DOTNET_EnableWriteXorExecute && emulate --check-host 2>/dev/null) || status=$?
if [[ $status != "$unfit_host" ]]; then
    echo "ARM64 tests: the runner did not refuse a host where code may be stale (it ended with $status)." >&2
    exit 1
fi
export DOTNET_EnableWriteXorExecute=0

# Snapshots that one processor takes, the other finishes. PVM2_SEED=SEED takes those of an earlier run again.
exchange_snapshots() {
    local seed=${PVM2_SEED:-$RANDOM$RANDOM} folder=$artifacts/snapshots
    local here=(dotnet "$here_program")
    rm -rf "$folder"
    "${here[@]}" --write-snapshots "$folder/here" "$seed" "$snapshots" 1 &&
        emulate --finish-snapshots "$folder/here" "$emulated_stride" &&
        emulate --write-snapshots "$folder/there" "$((seed + 1))" "$snapshots" "$emulated_stride" &&
        "${here[@]}" --finish-snapshots "$folder/there" 1
}

status=0
if [[ $# == 0 ]]; then
    exchange_snapshots || status=$?
fi
if [[ $only_snapshots == no ]]; then
    emulate "$@" || status=$?
fi
exit $status

#!/usr/bin/env bash
# Looks for bytes that a reader chokes on: AFL++ changes containers, executables, assembly text and snapshots, and keeps
# what reaches new code; SharpFuzz makes it see which code that is. A defect is an exception or a hang.
#
# It takes afl++ (from Debian, installed when it is missing and we are root) and SharpFuzz's command (from NuGet). Where
# they cannot be had the run is left out, or fails if PVM2_REQUIRE_TOOLS=1.
#
# Usage: tests/Pvm2.ReaderFuzz/run.sh [--no-install] [--time SECONDS] [--corpus FOLDER] [TARGET ...]
#   --time SECONDS   for each target; default 60
#   --corpus FOLDER  where inputs and findings are kept from run to run; default artifacts/reader-fuzz/corpus
set -euo pipefail
from=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

root=$PWD
work=$PWD/artifacts/reader-fuzz
corpus=$work/corpus
seconds=60
install=yes
targets=()
while [[ $# != 0 ]]; do
    case $1 in
        --no-install) install=no ;;
        --time)
            seconds=${2:-}
            [[ $seconds =~ ^[1-9][0-9]*$ ]] || { echo "--time takes a number of seconds." >&2; exit 64; }
            shift ;;
        --corpus)
            [[ -n ${2:-} ]] || { echo "--corpus takes a folder." >&2; exit 64; }
            corpus=$2
            [[ $corpus == /* ]] || corpus=$from/$corpus
            shift ;;
        -*) echo "$1 is no option; the head of this file has them." >&2; exit 64 ;;
        *) targets+=("$1") ;;
    esac
    shift
done

# afl-fuzz ends as if all were well when it is interrupted; the next target must not begin then.
trap 'exit 130' INT TERM

leave_out() {
    echo "Reader fuzzing: $1" >&2
    if [[ "${PVM2_REQUIRE_TOOLS:-}" == 1 ]]; then
        exit 1
    fi
    echo "Reader fuzzing is left out."
    exit 0
}

if ! command -v afl-fuzz >/dev/null; then
    [[ $install == yes && $(id -u) == 0 ]] && command -v apt-get >/dev/null || leave_out "afl-fuzz is not installed."
    echo "Installing afl++ ..."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends afl++; } >/dev/null ||
        leave_out "afl++ could not be installed."
fi

# Instruments a copy: what the build made stays as it is. Instrumented code runs only where afl-fuzz started it.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet tool restore >/dev/null || leave_out "SharpFuzz's command cannot be had from NuGet."
dotnet build tests/Pvm2.ReaderFuzz -c Release -v quiet -nologo
rm -rf "$work/bin"
mkdir -p "$work"
built=tests/Pvm2.ReaderFuzz/bin/Release/net10.0
cp -r "$built" "$work/bin"
for assembly in Pvm2.Runtime Pvm2.Linker; do
    dotnet sharpfuzz "$work/bin/$assembly.dll" >/dev/null
done
known=$(dotnet "$built/Pvm2.ReaderFuzz.dll" list)
if [[ ${#targets[@]} == 0 ]]; then
    mapfile -t targets <<<"$known"
fi
for target in "${targets[@]}"; do
    grep -qxF -e "$target" <<<"$known" || { echo "There is no target $target, only" $known >&2; exit 64; }
done

# The program is no instrumented executable, core files may go to a handler, and other processes may use the processors.
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1
export AFL_AUTORESUME=1 AFL_FORKSRV_INIT_TMOUT=60000
# Code that is compiled a second time would count as new code.
export DOTNET_TieredCompilation=0 DOTNET_ReadyToRun=1

figure() { sed -nE "s/^$2 +: +//p" "$1/default/fuzzer_stats"; }

# fuzz TARGET SECONDS: what afl finds lies in $corpus/TARGET/afl/default afterwards.
fuzz() {
    local seeds=$corpus/$1/seeds
    rm -rf "$seeds"
    dotnet "$built/Pvm2.ReaderFuzz.dll" seeds "$1" "$root" "$seeds"
    if ! afl-fuzz -i "$seeds" -o "$corpus/$1/afl" -t 20000 -m none -V "$2" -- dotnet "$work/bin/Pvm2.ReaderFuzz.dll" fuzz "$1" >"$work/$1.log" 2>&1; then
        tail -n 20 "$work/$1.log" >&2
        echo "Reader fuzzing: afl-fuzz failed on $1; its output is in $work/$1.log." >&2
        exit 1
    fi
}

# A defect that is there on purpose: if it is not found, neither would others be. It takes a second or two.
rm -rf "$corpus/planted"
AFL_BENCH_UNTIL_CRASH=1 fuzz planted 300
if [[ $(figure "$corpus/planted/afl" saved_crashes) == 0 ]]; then
    echo "Reader fuzzing: the planted defect was not found." >&2
    exit 1
fi

status=0
for target in "${targets[@]}"; do
    echo "Fuzzing $target for $seconds s ..."
    fuzz "$target" "$seconds"
    out=$corpus/$target/afl
    echo "$target: $(figure "$out" execs_done) inputs, $(figure "$out" execs_per_sec) a second," \
        "$(figure "$out" corpus_count) kept, $(figure "$out" bitmap_cvg) of the map," \
        "$(figure "$out" saved_crashes) crashes, $(figure "$out" saved_hangs) hangs"
    for finding in "$out"/default/{crashes,hangs}/id*; do
        [[ -e $finding ]] || continue
        echo "FINDING: dotnet run --project tests/Pvm2.ReaderFuzz -c Release -- check $target $finding" >&2
        status=1
    done
done
exit $status

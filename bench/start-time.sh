#!/usr/bin/env bash
# Measures what `pvm2 run` of a small guest takes from the start of the process to its end: published the ordinary
# way (ReadyToRun) and with NativeAOT, on both tiers. The four take turns; printed are medians in milliseconds, and how
# large the command is.
#
# Usage: bench/start-time.sh [ROUNDS] [GUEST.pvm2]
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${1:-20}
guest=${2:-bench/guests/built/static/keccak.pvm2}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

echo "Publishing ..." >&2
dotnet publish tools/Pvm2.Cli -c Release --artifacts-path "$folder/ReadyToRun" -o "$folder/ReadyToRun/out" >/dev/null
dotnet publish tools/Pvm2.Cli -c Release --artifacts-path "$folder/NativeAOT" -o "$folder/NativeAOT/out" \
    -p:PublishAot=true >/dev/null

# Appends the time of one run, in microseconds, to the file of its kind.
measure() {
    local start=${EPOCHREALTIME/./}
    "$folder/$1/out/pvm2" run "$guest" --tier "$2" --json >/dev/null
    echo $((${EPOCHREALTIME/./} - start)) >>"$folder/$1-$2"
}

for ((round = 0; round < rounds; round++)); do
    for build in ReadyToRun NativeAOT; do
        for tier in interpreter native; do
            measure "$build" "$tier"
        done
    done
done

echo "### \`pvm2 run $(basename "$guest") --json\`, from the start of the process to its end: $rounds runs, milliseconds"
echo
printf '| %-23s | %9s | %8s |\n' 'build, tier' 'median ms' 'least ms'
echo '|-------------------------|----------:|---------:|'
for build in ReadyToRun NativeAOT; do
    for tier in interpreter native; do
        sort -n "$folder/$build-$tier" | awk -v name="$build, $tier" '
            { times[NR] = $1 }
            END { printf "| %-23s | %9.1f | %8.1f |\n", name, times[int((NR + 1) / 2)] / 1000, times[1] / 1000 }'
    done
done
echo
stat -c %s "$folder/NativeAOT/out/pvm2" | awk '{ printf "- the command of NativeAOT is one file of %.1f MB\n", $1 / 1e6 }'

#!/usr/bin/env bash
# Builds the fuzzer and runs it with the given options: see --help, and docs/fuzzing.md.
#
# Usage: tests/Pvm2.Fuzz/run.sh [--no-build] [options of the fuzzer]
set -euo pipefail
fuzz=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
if [[ "${1:-}" == --no-build ]]; then
    shift
else
    dotnet build "$fuzz" -c Release -v quiet -nologo >&2
fi
exec dotnet "$fuzz/bin/Release/net10.0/Pvm2.Fuzz.dll" "$@"

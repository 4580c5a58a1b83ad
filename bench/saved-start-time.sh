#!/usr/bin/env bash
# Measures what a guest that is known at build time takes from the start of a process to its end, in small programs that
# do nothing else: an empty one, and ones that run the guest ahead of time compiled to machine code (ReadyToRun), ahead of
# time compiled to IL, on the IL tier, on the native tier, and on the interpreter. All are published with ReadyToRun. They
# take turns; printed are milliseconds: the time that passed, and that of the processor, which says more on a busy machine.
#
# Usage: bench/saved-start-time.sh [ROUNDS] [GUEST.pvm2]
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${1:-20}
guest=$(realpath "${2:-bench/guests/built/static/keccak.pvm2}")
repository=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
rid=$(dotnet --info | sed -n 's/^ *RID: *//p' | head -1)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Writes a program of its own folder: name, C# text, and items for its project file.
write() {
    mkdir "$folder/$1"
    cat >"$folder/$1/$1.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <InvariantGlobalization>true</InvariantGlobalization>
    <SelfContained>false</SelfContained>
    <PublishReadyToRun>true</PublishReadyToRun>
  </PropertyGroup>
  <ItemGroup>$3</ItemGroup>
</Project>
PROJECT
    cat >"$folder/$1/Program.cs" <<<"$2"
}

project() {
    echo "<ProjectReference Include=\"$repository/$1/$1.csproj\" />"
}

run='
using var instance = CREATE;
return instance.Call().Reason == ExitReason.Halt ? 0 : 1;'
options='new InstanceOptions { TIER HostCalls = new HostCallTable().Register(0, static _ => HostCallAction.Halt) }'

saved() {
    local text="using Pvm2.Runtime.Execution;${run/CREATE/Pvm2.Guests.Saved.CreateInstance(${options/TIER/})}"
    write "$1" "$text" "$(project Pvm2.Runtime)<Reference Include=\"$folder/guests/$1/Saved.dll\" />"
}

loaded() {
    local module="Module.Load(File.ReadAllBytes(\"$guest\"))"
    local text="using Pvm2.Runtime.Execution;${run/CREATE/$module.CreateInstance(${options/TIER/Tier = $2,})}"
    write "$1" "$text" "$3"
}

echo "Publishing ..." >&2
dotnet build tools/Pvm2.Cli -c Release >/dev/null
write empty 'return 0;' ''
# Publishing brings crossgen2, which saving as machine code needs.
dotnet publish "$folder/empty" -r "$rid" -o "$folder/empty/out" >/dev/null
pvm2=tools/Pvm2.Cli/bin/Release/net10.0/pvm2
mkdir -p "$folder/guests/saved-machine-code" "$folder/guests/saved-il"
"$pvm2" aot "$guest" -o "$folder/guests/saved-machine-code/Saved.dll" --ready-to-run >/dev/null
"$pvm2" aot "$guest" -o "$folder/guests/saved-il/Saved.dll" >/dev/null
saved saved-machine-code
saved saved-il
loaded il 'new Pvm2.IlJit.IlTier()' "$(project Pvm2.Runtime)$(project Pvm2.IlJit)"
loaded native 'new Pvm2.Native.NativeTier()' "$(project Pvm2.Runtime)$(project Pvm2.Native)"
loaded interpreter 'Pvm2.Runtime.Interpreter.InterpreterTier.Instance' "$(project Pvm2.Runtime)"
programs=(empty saved-machine-code saved-il native il interpreter)
for program in "${programs[@]:1}"; do
    dotnet publish "$folder/$program" -r "$rid" -o "$folder/$program/out" >/dev/null
done

TIMEFORMAT='%R %U %S'
for ((round = 0; round < rounds; round++)); do
    for program in "${programs[@]}"; do
        { time "$folder/$program/out/$program"; } 2>>"$folder/$program.times"
    done
done

# Prints the median and the least of a sum of columns, as cells.
summary() {
    awk "{ print 1000 * ($2) }" "$folder/$1.times" | sort -n |
        awk '{ times[NR] = $1 } END { printf "%9.0f | %8.0f", times[int((NR + 1) / 2)], times[1] }'
}

echo "### start of a process with $(basename "$guest") to its end: $rounds runs, milliseconds"
echo
printf '| %-20s | %9s | %8s | %9s | %8s |\n' program 'median ms' 'least ms' 'processor' least
echo '|----------------------|----------:|---------:|----------:|---------:|'
for program in "${programs[@]}"; do
    printf '| %-20s | %s | %s |\n' "$program" "$(summary "$program" '$1')" "$(summary "$program" '$2 + $3')"
done

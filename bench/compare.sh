#!/usr/bin/env bash
# Compares engines on this machine: builds what is needed, measures, and writes a report with charts.
#
#   bench/compare.sh             everything, in less than half an hour
#   bench/compare.sh --quick     the main engines in few rounds, in some minutes
#   bench/compare.sh --check     a small subset, compared with bench/baseline.json
#   bench/compare.sh --help      the other options
#
# The workloads' programs are in the repository; with --rebuild they are built anew from their sources first. On Debian 12
# as root, what is missing of qemu-user, clang-19, lld-19, llvm-19 and a font for the charts is installed; with --no-install,
# or where it cannot be had, what needs it is left out, and the report says so.
set -euo pipefail
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$bench")
work=$repository/artifacts/compare
mapfile -t workloads < <(awk '!/^#/ && NF && count++ < 10 { print $1 }' "$bench/guests/expected.txt")

install=yes rebuild=no plan=full scale=yes
options=() choices=()
for argument in "$@"; do
    case $argument in
        --no-install) install=no ;;
        --rebuild) rebuild=yes ;;
        --no-scale) scale=no options+=("$argument") ;;
        --quick | --check | --store-baseline) plan=small options+=("$argument") ;;
        --list | --report | --publish | --help | -h | '-?' | --version) plan=none options+=("$argument") ;;
        *) options+=("$argument") choices+=("$argument") ;;
    esac
done

say() {
    echo "$(date -u +%H:%M:%S) $*" >&2
}

# ---- what Debian has ------------------------------------------------------------

font=/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf

has_compilers() {
    local tool
    for tool in clang-19 ld.lld-19 wasm-ld-19 llvm-ar-19; do
        command -v "$tool" >/dev/null || return 1
    done
}

missing_packages() {
    command -v qemu-riscv64 >/dev/null || echo qemu-user
    [[ -e $font ]] || echo fonts-dejavu-core
    [[ $rebuild == no && ($plan == small || $scale == no) ]] || has_compilers || echo clang-19 lld-19 llvm-19
}

install_packages() {
    local packages
    read -r -d '' -a packages < <(missing_packages) || true
    if [[ ${#packages[@]} == 0 || $install == no ]]; then
        return
    fi
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        say "installing ${packages[*]}"
        apt-get update -qq >&2 || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null || true
    else
        say "not root on a Debian machine: going on without ${packages[*]}"
    fi
}

# ---- builds ---------------------------------------------------------------------

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
command=$repository/tools/Pvm2.Cli/bin/Release/net10.0/pvm2
compare=$bench/Pvm2.Compare/bin/Release/net10.0/Pvm2.Compare.dll
host=$work/host/Pvm2.Compare.Host

# Engines that are .NET libraries are measured as a host would ship them: with machine code for a fast start. That needs a
# compiler from NuGet for this kind of machine; where there is none, they start slower.
build_host() {
    local runtime
    runtime=$(dotnet --info | sed -n 's/^ *RID: *//p' | head -n 1)
    if ! dotnet publish "$bench/Pvm2.Compare.Host" -c Release -r "$runtime" --self-contained false -p:PublishReadyToRun=true \
        -o "$work/host" -v quiet -nologo >"$work/publish.log" 2>&1; then
        say "no machine code ahead of time for $runtime, see $work/publish.log: processes start slower"
        dotnet publish "$bench/Pvm2.Compare.Host" -c Release -o "$work/host" -v quiet -nologo >&2
    fi
}

save_guests() {
    local name
    mkdir -p "$work/saved/saved" "$work/saved/saved-r2r"
    for name in "${workloads[@]}"; do
        "$command" aot "$programs/static/$name.pvm2" -o "$work/saved/saved/$name.dll" >/dev/null
        "$command" aot "$programs/static/$name.pvm2" -o "$work/saved/saved-r2r/$name.dll" --ready-to-run >/dev/null ||
            say "no ReadyToRun of $name"
    done
}

# Generated programs take minutes to compile, so they are kept while what they are made of stays the same. Fails where they
# cannot be built.
build_sizes() {
    local stamp=$work/sizes/.complete
    if [[ -e $stamp && -z $(find "$bench"/guests/{build.sh,include,runtime,tools} "$repository/tools/Pvm2.Linker" \
        -name bin -prune -o -name obj -prune -o -type f -newer "$stamp" -print -quit) ]]; then
        return
    fi
    rm -rf "$work/sizes"
    "$bench/guests/build.sh" --no-install --sizes "$work/sizes" >&2 && touch "$stamp"
}

say "building"
dotnet build "$bench/Pvm2.Compare" -c Release -v quiet -nologo >&2
if [[ $plan == none ]]; then
    exec dotnet "$compare" "${options[@]}"
fi

# An engine, a workload or an adapter that is not there is refused now, and not after everything has been built.
dotnet "$compare" --list "${choices[@]}" >/dev/null

mkdir -p "$work"
install_packages
build_host
if [[ $rebuild == yes || $plan == full ]]; then
    dotnet build "$repository/tools/Pvm2.Cli" -c Release -v quiet -nologo >&2
fi

programs=$bench/guests/built
if [[ $rebuild == yes ]]; then
    say "building the workloads"
    programs=$work/guests
    "$bench/guests/build.sh" --no-install --no-rust --out "$programs" >&2
fi

prepared=(--host "$host" --saved "$work/saved" --built "$programs")
if [[ $plan == full ]]; then
    say "saving guests"
    save_guests
    if [[ $scale == yes ]] && has_compilers; then
        say "building generated programs"
        if build_sizes; then
            prepared+=(--sizes "$work/sizes")
        else
            say "there are no generated programs: compilation against size is left out"
        fi
    fi
fi

exec dotnet "$compare" "${prepared[@]}" "${options[@]}"

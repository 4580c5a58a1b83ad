#!/usr/bin/env bash
# Builds the guests: sources -> ELF -> static and xjar containers. README.md says more.
set -euo pipefail

usage() {
    cat <<'USAGE'
usage: build.sh [options]
  --elf-only     stop after the ELFs; do not link containers
  --link         link containers too (the default)
  --rust         build the Rust guests alone (their core and alloc take over a minute)
  --no-rust      build all but the Rust guests
  --native       also build the C guests as x86-64 shared libraries in native/
  --check        build the C and C++ guests for this machine and for qemu-riscv64,
                 run them and compare with expected.txt; builds nothing else
  --out DIR      build into DIR instead of built/ beside this script
  --no-install   fail if a compiler is missing instead of installing it
USAGE
}

guests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$guests/../.." && pwd)
out=$guests/built
link=yes c_family=yes rust=yes native=no check=no install=yes

while [ $# -gt 0 ]; do
    case $1 in
        --elf-only) link=no ;;
        --link) link=yes ;;
        --rust) c_family=no ;;
        --no-rust) rust=no ;;
        --native) native=yes ;;
        --check) check=yes ;;
        --no-install) install=no ;;
        --out)
            [ $# -ge 2 ] || { usage >&2; exit 2; }
            mkdir -p "$2"
            out=$(cd "$2" && pwd)
            shift
            ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done

# Sources are named relative to this folder, so that no path of the machine gets into an output.
cd "$guests"
export LC_ALL=C SOURCE_DATE_EPOCH=0

# ---- compilers -----------------------------------------------------------------

# need PACKAGE FILE: installs PACKAGE unless FILE is there.
need() {
    [ -e "$2" ] && return
    if [ "$install" = no ]; then
        echo "build.sh: $2 is missing (Debian package $1)" >&2
        exit 3
    fi
    apt-get install -y --no-install-recommends "$1" >&2
}

need clang-19 /usr/bin/clang-19
need lld-19 /usr/bin/ld.lld-19
need llvm-19 /usr/bin/llvm-ar-19

# ---- C and C++ -----------------------------------------------------------------

target=(--target=riscv64-unknown-elf -march=rv64emc_zba_zbb_zbs_zicond -mabi=lp64e
    -mcmodel=medany -fno-pic -mno-strict-align)
common=(-O2 -ffreestanding -fno-builtin-printf -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables
    -fno-ident "-ffile-prefix-map=$guests=." -Wall -Wextra -Werror -Iinclude -Ic)
c_flags=(-std=c17)
cxx_flags=(-std=c++20 -fno-exceptions -fno-rtti -fno-threadsafe-statics)
# clang must not see a loop of memcpy in memcpy and call memcpy.
runtime_flags=(-fno-builtin)
link_flags=(--target=riscv64-unknown-elf -march=rv64emc_zba_zbb_zbs_zicond -mabi=lp64e
    -fuse-ld=lld-19 -nostdlib -static
    -Wl,--emit-relocs,--gc-sections,--no-relax,--build-id=none,-e,_start)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compile() { # compile SOURCE OBJECT [FLAG...]
    local source=$1 object=$2
    shift 2
    case $source in
        *.cpp) clang++-19 "$@" "${common[@]}" "${cxx_flags[@]}" -c "$source" -o "$object" ;;
        *.c) clang-19 "$@" "${common[@]}" "${c_flags[@]}" -c "$source" -o "$object" ;;
        *.S) clang-19 "$@" -c "$source" -o "$object" ;;
    esac
}

build_runtime() {
    mkdir -p "$work/runtime"
    local source
    for source in runtime/*.c runtime/*.cpp runtime/*.S; do
        compile "$source" "$work/runtime/$(basename "$source").o" "${target[@]}" "${runtime_flags[@]}"
    done
    llvm-ar-19 rcsD "$work/runtime.a" "$work"/runtime/*.o
}

# The helper assembly of a guest lies beside it: c/NAME.S belongs to c/NAME.c.
build_guest() { # build_guest SOURCE
    local source=$1 name objects
    name=$(basename "${source%.*}")
    objects=("$work/$name.o")
    compile "$source" "$work/$name.o" "${target[@]}"
    if [ -e "${source%.*}.S" ]; then
        compile "${source%.*}.S" "$work/$name.S.o" "${target[@]}"
        objects+=("$work/$name.S.o")
    fi
    clang-19 "${link_flags[@]}" "${objects[@]}" "$work/runtime.a" -o "$out/elf/$name.elf"
    echo "elf/$name.elf"
}

build_c_family() {
    mkdir -p "$out/elf"
    build_runtime
    local source
    for source in c/*.c cpp/*.cpp; do
        [ -e "$source" ] || continue
        build_guest "$source"
    done
}

# ---- containers ----------------------------------------------------------------

link_containers() {
    local profile elf name
    for profile in static xjar; do
        mkdir -p "$out/$profile"
        for elf in "$out"/elf/*.elf; do
            name=$(basename "$elf" .elf)
            dotnet run --project "$repository/tools/Pvm2.Cli" -c Release --no-restore -- \
                link "$elf" -o "$out/$profile/$name.pvm2" --profile "$profile"
            echo "$profile/$name.pvm2"
        done
    done
}

# --------------------------------------------------------------------------------

if [ "$c_family" = yes ]; then
    build_c_family
fi
if [ "$link" = yes ]; then
    link_containers
fi

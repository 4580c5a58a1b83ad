#!/usr/bin/env bash
# Builds the guests: sources -> ELF -> static and xjar containers. README.md says more.
set -euo pipefail

usage() {
    cat <<'USAGE'
usage: build.sh [options]
  --elf-only     only the ELFs: no containers, nothing for other engines
  --link         link containers too (the default)
  --rust         build the Rust guests alone (their core and alloc take over a minute)
  --no-rust      build all but the Rust guests
  --no-compile   link containers of the ELFs that are there; no compiler is needed
  --engines      build only the ten workloads for other engines: WebAssembly modules in wasm/,
                 executables for Linux in riscv64/ and x64/
  --native       also build the C guests as x86-64 shared libraries in native/
  --check        build the C and C++ guests for this machine and for qemu-riscv64,
                 run them and compare with expected.txt; look through the ELFs
                 already built for instructions that PVM2 has not
  --large DIR    build only DIR/large.elf, a generated program of about 1 MB to time the
                 linker with, and print what it leaves in a0
  --sizes DIR    build only programs of 1 KiB to 8 MiB of code to measure compilers with, as
                 DIR/elf/size-N.elf, DIR/static/size-N.pvm2 and DIR/wasm/size-N.wasm; with
                 --elf-only no containers
  --most N       with --sizes, stop at this size: 1k 4k 16k 64k 256k 1m 2m 4m 8m (the default)
  --out DIR      build into DIR instead of built/ beside this script
  --no-install   fail if a compiler is missing instead of installing it
USAGE
}

guests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$guests/../.." && pwd)
out=$guests/built
link=yes c_family=yes rust=yes engines=yes native=no check=no install=yes large= sizes= most=8m

while [ $# -gt 0 ]; do
    case $1 in
        --elf-only) link=no engines=no ;;
        --link) link=yes ;;
        --rust) c_family=no engines=no ;;
        --no-rust) rust=no ;;
        --no-compile) c_family=no rust=no engines=no ;;
        --engines) c_family=no rust=no link=no ;;
        --native) native=yes ;;
        --check) check=yes ;;
        --no-install) install=no ;;
        --large)
            [ $# -ge 2 ] || { usage >&2; exit 2; }
            mkdir -p "$2"
            large=$(cd "$2" && pwd)
            shift
            ;;
        --sizes)
            [ $# -ge 2 ] || { usage >&2; exit 2; }
            mkdir -p "$2"
            sizes=$(cd "$2" && pwd)
            shift
            ;;
        --most)
            [ $# -ge 2 ] || { usage >&2; exit 2; }
            most=$2
            shift
            ;;
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

if [ "$c_family$rust$engines$native$check" != nonononono ] || [ -n "$large$sizes" ]; then
    need clang-19 /usr/bin/clang-19
    need lld-19 /usr/bin/ld.lld-19
    need llvm-19 /usr/bin/llvm-ar-19
fi

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
    for source in runtime/start/*.S; do
        compile "$source" "$work/$(basename "$source" .S).o" "${target[@]}"
    done
}

build_guest() { # build_guest SOURCE
    local source=$1 name start=start
    name=$(basename "${source%.*}")
    case $source in *.cpp) start=start_cxx ;; esac
    compile "$source" "$work/$name.o" "${target[@]}"
    clang-19 "${link_flags[@]}" "$work/$start.o" "$work/$name.o" "$work/runtime.a" -o "$out/elf/$name.elf"
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

# ---- Rust ----------------------------------------------------------------------

rust_flags=(--edition 2024 --target "$guests/rust/riscv64emc-pvm2.json" -Zunstable-options
    -Copt-level=2 -Cpanic=abort -Ccodegen-units=1)

is_rust_guest() { # the other files are modules
    grep -q '^extern "C" fn guest_main(' "$1"
}

# core and alloc come from the sources, since nobody ships them for this target. What is
# unstable here is the target file and the two library crates, hence RUSTC_BOOTSTRAP.
build_rust() {
    need rustc-web /usr/bin/rustc
    need rust-web-src /usr/src/rustc-1.96.0/library/core/src/lib.rs
    local library=/usr/src/rustc-1.96.0/library source name
    mkdir -p "$out/elf" "$work/rust"
    rustc_guest() {
        RUSTC_BOOTSTRAP=1 /usr/bin/rustc "${rust_flags[@]}" "--remap-path-prefix=$library=library" \
            "--remap-path-prefix=$guests=." --out-dir "$work/rust" -L "$work/rust" "$@"
    }
    rustc_guest --crate-type rlib --crate-name core -Awarnings "$library/core/src/lib.rs"
    rustc_guest --crate-type rlib --crate-name compiler_builtins rust/compiler_builtins.rs
    rustc_guest --crate-type rlib --crate-name alloc -Awarnings "$library/alloc/src/lib.rs"
    build_runtime
    for source in rust/*.rs; do
        is_rust_guest "$source" || continue
        name=$(basename "$source" .rs)
        rustc_guest --crate-type staticlib -Clto=fat -Dwarnings "$source"
        clang-19 "${link_flags[@]}" "$work/start.o" "$work/rust/lib$name.a" "$work/runtime.a" -o "$out/elf/$name.elf"
        echo "elf/$name.elf"
    done
}

# ---- native libraries ----------------------------------------------------------

native_flags=(-O2 -fPIC "-ffile-prefix-map=$guests=." -Wall -Wextra -Werror -Iinclude -Ic)

build_native() { # build_native DIR: every C guest as DIR/NAME.so with guest_main in it
    mkdir -p "$1"
    local source
    for source in c/*.c; do
        clang-19 "${native_flags[@]}" "${c_flags[@]}" -shared "$source" -o "$1/$(basename "$source" .c).so"
        echo "native/$(basename "$source" .c).so"
    done
}

# shellcheck source=tools/engines.sh
. tools/engines.sh
# shellcheck source=tools/sizes.sh
. tools/sizes.sh

# ---- checks --------------------------------------------------------------------

# Compares what a guest printed with expected.txt, where guest_main ran twice.
compare() { # compare NAME PRINTED WHERE
    local expected
    expected=$(awk -v name="$1" '$1 == name { print substr($2, 3) }' expected.txt)
    if [ "$2" = "$expected$expected" ] && [ -n "$expected" ]; then
        printf '%-16s %s  %s\n' "$1" "$expected" "$3"
    else
        printf '%-16s expected %s twice, got %s  %s\n' "$1" "$expected" "$2" "$3"
        failed=yes
    fi
}

# The runtime's functions under names that do not clash with those they are compared with.
check_runtime() {
    local renames=() name
    for name in __ashlti3 __lshrti3 __ashrti3 __multi3 __udivmodti4 __udivti3 __umodti3 __divti3 __modti3 \
        memcpy memmove memset memcmp bcmp strlen; do
        renames+=("-D$name=guest_$name")
    done
    for name in memory int128; do
        compile "runtime/$name.c" "$work/$name.native.o" "${renames[@]}" "${runtime_flags[@]}"
    done
    compile tools/runtime_test.c "$work/runtime_test.o"
    clang-19 "$work/runtime_test.o" "$work/memory.native.o" "$work/int128.native.o" -o "$work/runtime_test"
    "$work/runtime_test" >"$work/runtime_test.out" || failed=yes
    printf '%-16s %s\n' runtime "$(cat "$work/runtime_test.out")"
}

# Runs the C and C++ guests outside PVM2: on this machine, and as RV64E code under
# qemu-riscv64, which knows all their instructions but those of Zicond.
check_guests() {
    need qemu-user /usr/bin/qemu-riscv64
    [ "$rust" = no ] || need rustc-web /usr/bin/rustc
    local failed=no source name objects
    check_runtime
    python3 tools/make_tables.py --check || failed=yes
    python3 tools/check_signatures.py || failed=yes
    target=("${target[@]/_zicond/}")
    build_runtime
    compile tools/linux_start.S "$work/linux_start.o" "${target[@]}"
    clang-19 -O2 tools/native_main.c -c -o "$work/native_main.o"
    for source in c/*.c cpp/*.cpp; do
        name=$(basename "${source%.*}")
        objects=("$work/native_main.o" "$work/$name.native.o")
        case $source in *.cpp)
            objects+=("$work/cxx.native.o")
            compile runtime/cxx.cpp "$work/cxx.native.o"
            ;;
        esac
        compile "$source" "$work/$name.native.o"
        clang-19 "${objects[@]}" -o "$work/$name.native"
        compare "$name" "$("$work/$name.native" | tr -d '\n')" native
        compile "$source" "$work/$name.o" "${target[@]}" -DPVM2_WITHOUT_HOST
        clang-19 "${link_flags[@]}" "$work/linux_start.o" "$work/$name.o" "$work/runtime.a" -o "$work/$name.linux"
        compare "$name" "$(qemu-riscv64 "$work/$name.linux" | tr -d '\n')" qemu-riscv64
    done
    for source in rust/*.rs; do
        [ "$rust" = yes ] && is_rust_guest "$source" || continue
        name=$(basename "$source" .rs)
        /usr/bin/rustc --edition 2024 -O -Coverflow-checks=on --crate-type staticlib "$source" -o "$work/$name.native.a"
        clang-19 "$work/native_main.o" "$work/$name.native.a" -o "$work/$name.native"
        compare "$name" "$("$work/$name.native" | tr -d '\n')" native
    done
    check_instructions
    [ "$failed" = no ]
}

# Looks through the ELFs in $out for what PVM2 does not have: registers x3, x4 and above
# x15; atomics, floating point, CSRs and environment calls; and anything that llvm does not
# know as an instruction but custom-0 (its words end in the seven bits 0001011).
check_instructions() {
    local elf count
    for elf in "$out"/elf/*.elf; do
        count=$(llvm-objdump-19 -d -M numeric "$elf" | awk -F'\t' '
            /^ *[0-9a-f]+:/ {
                split($1, word, " ")
                if ($2 == "<unknown>" && word[2] !~ /[0-9a-f](0b|8b)$/) { print > "/dev/stderr"; bad++ }
                else if ($2 ~ /^(f[a-z]+\..*|fl[wd]|fs[wd]|csr.*|rd[cti].*|lr\..*|sc\..*|amo.*|ecall|ebreak)$/) { print > "/dev/stderr"; bad++ }
                else if ($3 ~ /(^|[^a-z0-9_])x(3|4|1[6-9]|2[0-9]|3[01])($|[^0-9a-z_])/) { print > "/dev/stderr"; bad++ }
                all++
            }
            END { print all + 0, bad + 0 }')
        printf '%-16s %s instructions\n' "$(basename "$elf" .elf)" "${count% *}"
        [ "${count#* }" = 0 ] && [ "${count% *}" != 0 ] || failed=yes
    done
}

# ---- the large program ---------------------------------------------------------

build_large() {
    python3 tools/make_large.py "$work/large.c"
    build_runtime
    compile "$work/large.c" "$work/large.o" "${target[@]}"
    clang-19 "${link_flags[@]}" "$work/start.o" "$work/large.o" "$work/runtime.a" -o "$large/large.elf"
    compile "$work/large.c" "$work/large.native.o"
    clang-19 -O2 tools/native_main.c "$work/large.native.o" -o "$work/large.native"
    echo "$large/large.elf leaves 0x$("$work/large.native" | cut -c 1-8)"
}

# ---- containers ----------------------------------------------------------------

link_containers() { # link_containers DIR PROFILE...: DIR/elf/NAME.elf as DIR/PROFILE/NAME.pvm2
    local directory=$1 project=$repository/tools/Pvm2.Cli pvm2 profile elf name
    shift
    dotnet build "$project" -c Release -v quiet -nologo >&2
    pvm2=$(dotnet msbuild "$project" -p:Configuration=Release -getProperty:TargetPath)
    for profile in "$@"; do
        mkdir -p "$directory/$profile"
        for elf in "$directory"/elf/*.elf; do
            name=$(basename "$elf" .elf)
            dotnet "$pvm2" link "$elf" -o "$directory/$profile/$name.pvm2" --profile "$profile" >/dev/null
            echo "$profile/$name.pvm2"
        done
    done
}

# --------------------------------------------------------------------------------

if [ -n "$large" ]; then
    build_large
    exit
fi
if [ -n "$sizes" ]; then
    build_sizes
    exit
fi
if [ "$check" = yes ]; then
    check_guests
    exit
fi
if [ "$c_family" = yes ]; then
    build_c_family
fi
if [ "$rust" = yes ]; then
    build_rust
fi
if [ "$engines" = yes ]; then
    build_engines
fi
if [ "$native" = yes ]; then
    build_native "$out/native"
fi
if [ "$link" = yes ]; then
    link_containers "$out" static xjar
fi

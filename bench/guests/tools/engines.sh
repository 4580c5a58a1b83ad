# The ten workloads for other engines, from the same sources: WebAssembly modules, and executables for Linux that hold
# an adapter (tools/adapter). Sourced by build.sh, which has the rest of the settings.
# shellcheck shell=bash disable=SC2154

# Not freestanding, so that clang knows loops that are a memset; and without the headers of any C library.
engine_flags=(-O2 -nostdlibinc -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables -fno-ident
    "-ffile-prefix-map=$guests=." -Wall -Wextra -Werror -Iinclude -Ic -DPVM2_WITHOUT_HOST)

# What every engine of today has, but for SIMD: with it the ten take 1.09 times as long in Wasmtime. README.md says more.
wasm_target=(--target=wasm32-unknown-unknown
    -mbulk-memory -mextended-const -mmutable-globals -mnontrapping-fptoint -msign-ext)
wasm_link=(--no-entry --export=guest_main --gc-sections --strip-all -z stack-size=65536)

riscv64_target=(--target=riscv64-unknown-linux-gnu -march=rv64gc_zba_zbb_zbs -mabi=lp64d -mcmodel=medany
    -mno-strict-align -fno-pic)
x64_target=(--target=x86_64-unknown-linux-gnu -fno-pic)
executable_link=(-fuse-ld=lld-19 -nostdlib -static -Wl,--gc-sections,--strip-all,--build-id=none)

# The public workloads come first in expected.txt.
workloads() {
    awk '!/^#/ && NF { print $1 }' expected.txt | head -n 10
}

# build_engine_runtime DIR TARGET...: the memory functions and 128-bit integers that compilers call, as DIR/runtime.a.
build_engine_runtime() {
    local directory=$1 name
    shift
    mkdir -p "$directory"
    for name in memory int128; do
        clang-19 "$@" "${engine_flags[@]}" "${c_flags[@]}" "${runtime_flags[@]}" \
            -c "runtime/$name.c" -o "$directory/$name.o"
    done
    llvm-ar-19 rcsD "$directory/runtime.a" "$directory/memory.o" "$directory/int128.o"
}

build_wasm() {
    local directory=$work/wasm name
    mkdir -p "$out/wasm"
    build_engine_runtime "$directory" "${wasm_target[@]}"
    for name in $(workloads); do
        clang-19 "${wasm_target[@]}" "${engine_flags[@]}" "${c_flags[@]}" -c "c/$name.c" -o "$directory/$name.o"
        wasm-ld-19 "${wasm_link[@]}" "$directory/$name.o" "$directory/runtime.a" -o "$out/wasm/$name.wasm"
        chmod a-x "$out/wasm/$name.wasm"
        echo "wasm/$name.wasm"
    done
}

build_executables() { # build_executables MACHINE TARGET...: the workloads as $out/MACHINE/NAME
    local machine=$1 directory=$work/$1 name
    shift
    mkdir -p "$out/$machine"
    build_engine_runtime "$directory" "$@"
    clang-19 "$@" "${engine_flags[@]}" "${c_flags[@]}" -c tools/adapter/main.c -o "$directory/adapter.o"
    for name in $(workloads); do
        clang-19 "$@" "${engine_flags[@]}" "${c_flags[@]}" -c "c/$name.c" -o "$directory/$name.o"
        clang-19 "$@" "${executable_link[@]}" "$directory/adapter.o" "$directory/$name.o" "$directory/runtime.a" \
            -o "$out/$machine/$name"
        echo "$machine/$name"
    done
}

build_engines() {
    build_wasm
    build_executables riscv64 "${riscv64_target[@]}"
    build_executables x64 "${x64_target[@]}"
}

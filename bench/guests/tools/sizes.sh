# Programs of every size, whose compilation is measured: build.sh --sizes. Sourced by build.sh, after engines.sh.
# shellcheck shell=bash disable=SC2154

# Nothing is left out of these programs: what is never called is there to be compiled.
sizes_elf_link=("${link_flags[@]/,--gc-sections/}")
sizes_wasm_link=("${wasm_link[@]/--gc-sections/--no-gc-sections}")

# compile_each KIND FLAG...: every C file in $work/sizes, as many at once as there are processors.
compile_each() {
    local kind=$1
    shift
    find "$work/sizes" -name '*.c' | sort | sed 's/\.c$//' |
        xargs -P "$(nproc)" -I{} clang-19 "$@" "${c_flags[@]}" -c '{}.c' -o "{}.$kind.o"
}

# objects KIND NAME PARTS: those of a program.
objects() {
    local part
    echo "$work/sizes/$2.$1.o"
    for ((part = 0; part < $3; part++)); do
        printf '%s/sizes/part-%02d.%s.o\n' "$work" "$part" "$1"
    done
}

build_sizes() {
    local name parts
    mkdir -p "$work/sizes" "$sizes/elf" "$sizes/wasm"
    python3 tools/make_sizes.py "$work/sizes" --most "$most" >"$work/sizes/programs"
    build_runtime
    build_engine_runtime "$work/wasm" "${wasm_target[@]}"
    compile_each riscv "${target[@]}" "${common[@]}"
    compile_each wasm "${wasm_target[@]}" "${engine_flags[@]}"
    while read -r name parts; do
        mapfile -t riscv < <(objects riscv "$name" "$parts")
        clang-19 "${sizes_elf_link[@]}" "$work/start.o" "${riscv[@]}" "$work/runtime.a" -o "$sizes/elf/$name.elf"
        echo "elf/$name.elf"
        mapfile -t wasm < <(objects wasm "$name" "$parts")
        wasm-ld-19 "${sizes_wasm_link[@]}" "${wasm[@]}" "$work/wasm/runtime.a" -o "$sizes/wasm/$name.wasm"
        chmod a-x "$sizes/wasm/$name.wasm"
        echo "wasm/$name.wasm"
    done <"$work/sizes/programs"
    if [ "$link" = yes ]; then
        link_containers "$sizes" static
    fi
}

namespace Pvm2.Compare.Results;

/// <summary>The bytes of one workload in each of its builds.</summary>
/// <param name="Workload">The workload's name.</param>
/// <param name="ElfText">Executable sections of the RISC-V ELF that both containers are linked from.</param>
/// <param name="Static">The container of the profile <c>static</c>.</param>
/// <param name="Xjar">The container of the profile <c>xjar</c>.</param>
/// <param name="WasmCode">The code section of the WebAssembly module.</param>
/// <param name="WasmWhole">The whole WebAssembly module.</param>
public sealed record SizeFacts(
    string Workload, long ElfText, ContainerSize Static, ContainerSize Xjar, long? WasmCode, long? WasmWhole);

using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Programs;

/// <summary>
/// A PVM2 program as its producer made it: code, tables, memory and names. It may break the rules of its profile
/// until <c>ProgramValidator</c> has looked at it.
/// </summary>
public sealed class GuestProgram
{
    /// <summary>The profile whose rules apply.</summary>
    public required Profile Profile { get; init; }

    /// <summary>The instructions.</summary>
    public required ReadOnlyMemory<byte> Code { get; init; }

    /// <summary>Tables of <c>br_table</c>; an xjar program has none.</summary>
    public JumpTables JumpTables { get; init; } = JumpTables.None;

    /// <summary>Pages that can be read and never written.</summary>
    public MemoryRegion ReadOnlyData { get; init; } = MemoryRegion.None;

    /// <summary>Pages of initialised and zero-filled data.</summary>
    public MemoryRegion ReadWriteData { get; init; } = MemoryRegion.None;

    /// <summary>Pages of the stack, zero at the start; sp starts at its end.</summary>
    public MemoryRegion Stack { get; init; } = MemoryRegion.None;

    /// <summary>Pages that the guest's allocator may use, zero at the start.</summary>
    public MemoryRegion Heap { get; init; } = MemoryRegion.None;

    /// <summary>Entry points; the first is the default one, the others stand in the order of their names.</summary>
    public IReadOnlyList<EntryPoint> EntryPoints { get; init; } = [];

    /// <summary>Names of places in the code, by offset and then by name.</summary>
    public IReadOnlyList<CodeSymbol> Symbols { get; init; } = [];

    /// <summary>Notes of the producer, by key.</summary>
    public IReadOnlyList<BuildNote> BuildNotes { get; init; } = [];

    /// <summary>The four data regions: read-only, read-write, stack, heap.</summary>
    public IReadOnlyList<MemoryRegion> Regions => [ReadOnlyData, ReadWriteData, Stack, Heap];

    /// <summary>What a program counter is before the first byte of code: 0, or the code's address in xjar.</summary>
    public uint CodeBase => Profile == Profile.Static ? 0 : AddressSpace.CodeBase;
}

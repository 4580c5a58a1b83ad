using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Programs;

/// <summary>
/// A PVM2 program as its producer made it: code, tables, memory and names. It may break the rules of its profile
/// until <see cref="ProgramValidator"/> has looked at it.
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

    /// <summary>
    /// Entry points, at least one; the first is the default one. A container holds the others in the order of their
    /// names (by UTF-8 bytes).
    /// </summary>
    public IReadOnlyList<EntryPoint> EntryPoints { get; init; } = [];

    /// <summary>Names of places in the code. A container holds them by offset and then by name.</summary>
    public IReadOnlyList<CodeSymbol> Symbols { get; init; } = [];

    /// <summary>Notes of the producer, one a key. A container holds them in the order of their keys.</summary>
    public IReadOnlyList<BuildNote> BuildNotes { get; init; } = [];

    /// <summary>Whether it was read from a container, and so has the form that a container can say.</summary>
    internal bool IsFromContainer { get; init; }

    /// <summary>The four data regions: read-only, read-write, stack, heap.</summary>
    public IReadOnlyList<MemoryRegion> Regions => [ReadOnlyData, ReadWriteData, Stack, Heap];

    /// <summary>What a program counter is before the first byte of code: 0, or the code's address in xjar.</summary>
    public uint CodeBase => Profile == Profile.Static ? 0 : AddressSpace.CodeBase;
}

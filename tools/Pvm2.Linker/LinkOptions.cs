using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Linker;

/// <summary>What <see cref="ElfLinker"/> is asked to make.</summary>
public sealed record LinkOptions
{
    /// <summary>The profile of the program.</summary>
    public Profile Profile { get; init; } = Profile.Static;

    /// <summary>Bytes of the stack, rounded up to whole pages.</summary>
    public uint StackSize { get; init; } = 64 * 1024;

    /// <summary>Bytes of the heap region, rounded up to whole pages.</summary>
    public uint HeapSize { get; init; }

    /// <summary>Whether instructions take their 2-byte form where they have one.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>Whether the program carries the names of its functions.</summary>
    public bool KeepSymbols { get; init; } = true;

    /// <summary>Names of functions that become entry points, besides the ELF's own entry point.</summary>
    public IReadOnlyList<string> Exports { get; init; } = [];

    /// <summary>
    /// Names of functions that hand a return address over, as <c>setjmp</c> and coroutine switches do, besides the
    /// usual names, which are known. They must share the table that their returns go through.
    /// </summary>
    public IReadOnlyList<string> ReturnSharing { get; init; } = [];

    /// <summary>Notes for the program; what the linker notes itself gives way to a note of the same key.</summary>
    public IReadOnlyList<BuildNote> BuildNotes { get; init; } = [];
}

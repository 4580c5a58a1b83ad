using System.Runtime.InteropServices;

namespace Pvm2.Runtime.Portable;

/// <summary>
/// What generated methods find other code by; <see cref="Execution.ExecutionState.TierContextOffset"/> leads here. It
/// points into memory of the code that runs.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct PortableContext
{
    /// <summary>Offset of <see cref="Slots"/>.</summary>
    public const int SlotsOffset = 0;

    /// <summary>Offset of <see cref="BlockAtHalfword"/>.</summary>
    public const int BlockAtHalfwordOffset = 8;

    /// <summary>Offset of <see cref="TableBlocks"/>.</summary>
    public const int TableBlocksOffset = 16;

    /// <summary>A slot for each block, and one for the end of the code.</summary>
    public BlockSlot* Slots;

    /// <summary>In xjar for each halfword of code the number of the block that starts there, or −1; else null.</summary>
    public int* BlockAtHalfword;

    /// <summary>For each entry of the jump tables, all tables one after the other, the number of the block; else null.</summary>
    public int* TableBlocks;
}

using System.Runtime.InteropServices;

namespace Pvm2.Runtime.Portable;

/// <summary>
/// How a basic block is reached from code outside its region. There is one a block, in the order of the code, and
/// one more for the end of the code.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct BlockSlot
{
    /// <summary>Bytes of a slot.</summary>
    public const int Size = 16;

    /// <summary>Offset of <see cref="Entry"/>.</summary>
    public const int EntryOffset = 8;

    /// <summary>Offset of <see cref="Region"/>.</summary>
    public const int RegionOffset = 12;

    /// <summary>
    /// The method to call: <c>long (ExecutionState* state, int entry)</c>, managed, static. It returns a
    /// <see cref="RegionExit"/>.
    /// </summary>
    public nint Method;

    /// <summary>The second argument of the call.</summary>
    public int Entry;

    /// <summary>The number of the region that the block can be entered in; −1 where there is none.</summary>
    public int Region;
}

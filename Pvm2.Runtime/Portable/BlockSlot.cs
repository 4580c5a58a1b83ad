using System.Runtime.InteropServices;

namespace Pvm2.Runtime.Portable;

/// <summary>
/// How a basic block is reached from code outside its region. There is one a block, in the order of the code, and
/// one more for the end of the code.
/// </summary>
/// <remarks>
/// A slot changes at most once, from uncompiled to compiled, and while others read it: <see cref="Method"/> is written
/// first, then <see cref="Entry"/>, then <see cref="Region"/>. Readers go the other way: a call reads the entry, with
/// acquire semantics, and then the method; code that compares the region reads it, with acquire semantics, and then
/// the entry. So an entry number never reaches the method of uncompiled blocks; a method may be called with the
/// entry of an uncompiled block, which is none of its numbers, and must return <see cref="NotCompiled"/> of it.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct BlockSlot
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

    /// <summary>
    /// The second argument of the call: of a compiled block the entry number in its region, of others the complement
    /// of the program counter, which is negative.
    /// </summary>
    public int Entry;

    /// <summary>The number of the region that the block can be entered in; −1 where there is none.</summary>
    public int Region;

    /// <summary>What a call with the entry of an uncompiled block returns.</summary>
    /// <param name="entry">The second argument of the call.</param>
    public static long NotCompiled(int entry) => new RegionExit(RegionExitKind.NotCompiled, (uint)~entry).Bits;

    /// <summary>The slot of a block that is not compiled.</summary>
    /// <param name="programCounter">Where the block starts, as the guest counts.</param>
    internal static BlockSlot Uncompiled(uint programCounter) => new()
    {
        Method = (nint)(delegate*<Execution.ExecutionState*, int, long>)&Leave,
        Entry = ~(int)programCounter,
        Region = -1,
    };

    private static long Leave(Execution.ExecutionState* state, int entry) => NotCompiled(entry);
}

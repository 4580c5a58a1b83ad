using System.Runtime.CompilerServices;

namespace Pvm2.Runtime.Interpreter;

/// <summary>What the predecoder makes of a program.</summary>
/// <param name="CodeBase">What a program counter is before the first byte of code.</param>
/// <param name="CodeLength">Bytes of code.</param>
/// <param name="Operations">The slots; pinned.</param>
/// <param name="HandlerNumbers">The handler of each slot; pinned.</param>
/// <param name="Offsets">The code offset of the instruction that each slot belongs to.</param>
/// <param name="BlockSlots">The first slot of each block, and after them that of the end of the code.</param>
/// <param name="BlockAtHalfword">In xjar for each halfword of code the slot of the block there, or −1; pinned.</param>
/// <param name="Targets">Pointers to the first slots of the blocks that jump tables name; pinned.</param>
internal sealed record PredecodedProgram(
    uint CodeBase,
    uint CodeLength,
    Operation[] Operations,
    ushort[] HandlerNumbers,
    uint[] Offsets,
    int[] BlockSlots,
    int[] BlockAtHalfword,
    nint[] Targets)
{
    /// <summary>Bytes of all the arrays.</summary>
    internal long Size =>
        ((long)Operations.Length * Unsafe.SizeOf<Operation>())
        + ((long)HandlerNumbers.Length * sizeof(ushort))
        + ((long)Offsets.Length * sizeof(uint))
        + ((long)BlockSlots.Length * sizeof(int))
        + ((long)BlockAtHalfword.Length * sizeof(int))
        + ((long)Targets.Length * nint.Size);
}

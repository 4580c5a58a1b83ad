using System.Numerics;
using F = Pvm2.Runtime.Isa.OperandFormat;

namespace Pvm2.Runtime.Isa;

/// <summary>
/// Where a 4-byte format keeps its operands, as masks, so that all formats are read in the same way and no branch
/// depends on which one it is.
/// </summary>
/// <remarks>
/// An immediate has at most four pieces: its sign, copies of bit 31; bits 20 and up; a low or an unmoved piece; and
/// bit 11, which branches and jumps keep apart.
/// </remarks>
internal readonly struct WordLayout
{
    private const uint Destination = 31u << 7;
    private const uint FirstSource = 31u << 15;
    private const uint SecondSource = 31u << 20;
    private const uint Bit11 = 1u << 11;
    private const uint Sign12 = 0xFFFF_F800;

    private readonly uint _signMask;
    private readonly uint _upperMask;
    private readonly uint _lowerMask;
    private readonly ushort _bit11Mask;
    private readonly byte _lowerShift;
    private readonly byte _bit11Rotation;

    private WordLayout(
        uint registers,
        uint sign = 0,
        uint upper = 0,
        uint lower = 0,
        byte lowerShift = 0,
        byte bit11Rotation = 0)
    {
        Registers = registers;
        _signMask = sign;
        _upperMask = upper;
        _lowerMask = lower;
        _lowerShift = lowerShift;
        _bit11Mask = (ushort)(bit11Rotation == 0 ? 0 : Bit11);
        _bit11Rotation = bit11Rotation;
    }

    /// <summary>The bits of rd (7 to 11), rs1 (15 to 19) and rs2 (20 to 24) that are register numbers.</summary>
    internal uint Registers { get; }

    /// <summary>The layout of a format; of a 2-byte one, that of no operands.</summary>
    internal static WordLayout Of(F format) => format switch
    {
        F.Register => new(Destination | FirstSource | SecondSource),
        F.Unary => new(Destination | FirstSource),
        F.Immediate or F.Load or F.JumpRegister => new(Destination | FirstSource, Sign12, upper: 0x7FF),
        F.Shift6 => new(Destination | FirstSource, upper: 63),
        F.Shift5 => new(Destination | FirstSource, upper: 31),
        F.Store => new(FirstSource | SecondSource, Sign12, upper: 0x7E0, lower: 0x1F, lowerShift: 7),
        F.Branch => new(FirstSource | SecondSource, 0xFFFF_F000, upper: 0x7E0, lower: 0x1E, lowerShift: 7, bit11Rotation: 28),
        F.Upper => new(Destination, lower: 0xFFFF_F000),
        F.Jump => new(Destination, 0xFFF0_0000, upper: 0x7FE, lower: 0xF_F000, bit11Rotation: 9),
        F.Fence => new(0, upper: 0xFFF),
        F.Selector => new(0, Sign12, upper: 0x7FF),
        F.Table => new(FirstSource, upper: 0xFFF),
        _ => default,
    };

    /// <summary>The immediate of an encoding.</summary>
    internal int ReadImmediate(uint word) => (int)(
        ((uint)((int)word >> 31) & _signMask)
        | ((word >> 20) & _upperMask)
        | ((word >> _lowerShift) & _lowerMask)
        | (BitOperations.RotateRight(word, _bit11Rotation) & _bit11Mask));
}

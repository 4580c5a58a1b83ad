using F = Pvm2.Runtime.Isa.OperandFormat;

namespace Pvm2.Runtime.Isa;

/// <summary>The operands of an encoding as they stand in its bits: registers 0 to 31, immediate extended.</summary>
internal readonly record struct OperandFields(uint Rd, uint Rs1, uint Rs2, int Immediate)
{
    private const uint StackPointer = 2;
    private const uint ReturnAddress = 1;

    /// <summary>Reads the operands of an encoding.</summary>
    /// <param name="format">Where they are.</param>
    /// <param name="bits">The encoding; a 2-byte one in the low half.</param>
    internal static OperandFields Extract(F format, uint bits) =>
        format < F.CompressedStackAddress ? ExtractWord(format, bits) : ExtractHalfword(format, bits);

    private static OperandFields ExtractWord(F format, uint w)
    {
        var layout = WordLayout.Of(format);
        var registers = w & layout.Registers;
        return new(
            (registers >> Instruction.DestinationShift) & 31,
            (registers >> Instruction.FirstSourceShift) & 31,
            (registers >> Instruction.SecondSourceShift) & 31,
            layout.ReadImmediate(w));
    }

    private static OperandFields ExtractHalfword(F format, uint h)
    {
        var full = (h >> 7) & 31;
        var second = (h >> 2) & 31;
        var upperPrime = ((h >> 7) & 7) + 8;
        var lowerPrime = ((h >> 2) & 7) + 8;
        var shift = (int)(Piece(h, 12, 1, 5) | Piece(h, 2, 5, 0));
        var signed = SignExtend((uint)shift, 6);
        return format switch
        {
            F.CompressedStackAddress => new(lowerPrime, StackPointer, 0, StackAddressOffset(h)),
            F.CompressedLoadWord => new(lowerPrime, upperPrime, 0, WordOffset(h)),
            F.CompressedLoadDouble => new(lowerPrime, upperPrime, 0, DoubleOffset(h)),
            F.CompressedStoreWord => new(0, upperPrime, lowerPrime, WordOffset(h)),
            F.CompressedStoreDouble => new(0, upperPrime, lowerPrime, DoubleOffset(h)),
            F.CompressedImmediate => new(full, full, 0, signed),
            F.CompressedLoadImmediate => new(full, 0, 0, signed),
            F.CompressedUpper => new(full, 0, 0, signed << 12),
            F.CompressedStackAdjust => new(StackPointer, StackPointer, 0, StackAdjustment(h)),
            F.CompressedShiftPrime => new(upperPrime, upperPrime, 0, shift),
            F.CompressedImmediatePrime => new(upperPrime, upperPrime, 0, signed),
            F.CompressedRegisterPrime => new(upperPrime, upperPrime, lowerPrime, 0),
            F.CompressedJump => new(0, 0, 0, CompressedJumpDisplacement(h)),
            F.CompressedBranch => new(0, upperPrime, 0, CompressedBranchDisplacement(h)),
            F.CompressedShift => new(full, full, 0, shift),
            F.CompressedStackLoadWord => new(full, StackPointer, 0, StackLoadWordOffset(h)),
            F.CompressedStackLoadDouble => new(full, StackPointer, 0, StackLoadDoubleOffset(h)),
            F.CompressedStackStoreWord => new(0, StackPointer, second, (int)(Piece(h, 9, 4, 2) | Piece(h, 7, 2, 6))),
            F.CompressedStackStoreDouble => new(0, StackPointer, second, (int)(Piece(h, 10, 3, 3) | Piece(h, 7, 3, 6))),
            F.CompressedJumpRegister => new(0, full, 0, 0),
            F.CompressedCallRegister => new(ReturnAddress, full, 0, 0),
            F.CompressedMove => new(full, 0, second, 0),
            F.CompressedRegister => new(full, full, second, 0),
            _ => default,
        };
    }

    /// <summary>Moves <paramref name="width"/> bits from position <paramref name="from"/> to position <paramref name="to"/>.</summary>
    private static uint Piece(uint bits, int from, int width, int to) => ((bits >> from) & ((1u << width) - 1)) << to;

    private static int SignExtend(uint value, int width) => (int)(value << (32 - width)) >> (32 - width);

    private static int StackAddressOffset(uint h) =>
        (int)(Piece(h, 11, 2, 4) | Piece(h, 7, 4, 6) | Piece(h, 6, 1, 2) | Piece(h, 5, 1, 3));

    private static int WordOffset(uint h) => (int)(Piece(h, 10, 3, 3) | Piece(h, 6, 1, 2) | Piece(h, 5, 1, 6));

    private static int DoubleOffset(uint h) => (int)(Piece(h, 10, 3, 3) | Piece(h, 5, 2, 6));

    private static int StackLoadWordOffset(uint h) => (int)(Piece(h, 12, 1, 5) | Piece(h, 4, 3, 2) | Piece(h, 2, 2, 6));

    private static int StackLoadDoubleOffset(uint h) => (int)(Piece(h, 12, 1, 5) | Piece(h, 5, 2, 3) | Piece(h, 2, 3, 6));

    private static int StackAdjustment(uint h) => SignExtend(
        Piece(h, 12, 1, 9) | Piece(h, 6, 1, 4) | Piece(h, 5, 1, 6) | Piece(h, 3, 2, 7) | Piece(h, 2, 1, 5), 10);

    private static int CompressedJumpDisplacement(uint h) => SignExtend(
        Piece(h, 12, 1, 11) | Piece(h, 11, 1, 4) | Piece(h, 9, 2, 8) | Piece(h, 8, 1, 10)
        | Piece(h, 7, 1, 6) | Piece(h, 6, 1, 7) | Piece(h, 3, 3, 1) | Piece(h, 2, 1, 5), 12);

    private static int CompressedBranchDisplacement(uint h) => SignExtend(
        Piece(h, 12, 1, 8) | Piece(h, 10, 2, 3) | Piece(h, 5, 2, 6) | Piece(h, 3, 2, 1) | Piece(h, 2, 1, 5), 9);
}

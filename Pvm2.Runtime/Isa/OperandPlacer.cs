using F = Pvm2.Runtime.Isa.OperandFormat;

namespace Pvm2.Runtime.Isa;

/// <summary>Writes operands into an encoding's bits: the inverse of <see cref="OperandFields.Extract"/>.</summary>
internal static class OperandPlacer
{
    /// <summary>
    /// Places operands without asking whether they fit; the caller compares what
    /// <see cref="OperandFields.Extract"/> reads back, which settles fit, alignment and sign in one place.
    /// </summary>
    /// <returns>The operand bits; the row's fixed bits are zero in them where the format keeps to its fields.</returns>
    internal static uint Place(F format, in Instruction instruction)
    {
        var rd = (uint)instruction.Rd;
        var rs1 = (uint)instruction.Rs1;
        var rs2 = (uint)instruction.Rs2;
        var imm = (uint)instruction.Immediate;
        return format < F.CompressedStackAddress
            ? PlaceWord(format, rd, rs1, rs2, imm)
            : PlaceHalfword(format, rd, rs1, rs2, imm);
    }

    private static uint PlaceWord(F format, uint rd, uint rs1, uint rs2, uint imm) => format switch
    {
        F.Register => (rd << 7) | (rs1 << 15) | (rs2 << 20),
        F.Unary => (rd << 7) | (rs1 << 15),
        F.Immediate or F.Load or F.JumpRegister => (rd << 7) | (rs1 << 15) | (imm << 20),
        F.Shift6 => (rd << 7) | (rs1 << 15) | ((imm & 63) << 20),
        F.Shift5 => (rd << 7) | (rs1 << 15) | ((imm & 31) << 20),
        F.Store => Piece(imm, 0, 5, 7) | (rs1 << 15) | (rs2 << 20) | Piece(imm, 5, 7, 25),
        F.Branch => (rs1 << 15) | (rs2 << 20)
            | Piece(imm, 11, 1, 7) | Piece(imm, 1, 4, 8) | Piece(imm, 5, 6, 25) | Piece(imm, 12, 1, 31),
        F.Upper => (rd << 7) | (imm & 0xFFFF_F000),
        F.Jump => (rd << 7) | (imm & 0xF_F000) | Piece(imm, 11, 1, 20) | Piece(imm, 1, 10, 21) | Piece(imm, 20, 1, 31),
        F.Fence or F.Selector => imm << 20,
        F.Table => (rs1 << 15) | (imm << 20),
        _ => 0,
    };

    private static uint PlaceHalfword(F format, uint rd, uint rs1, uint rs2, uint imm) => format switch
    {
        F.CompressedStackAddress => Lower(rd)
            | Piece(imm, 4, 2, 11) | Piece(imm, 6, 4, 7) | Piece(imm, 2, 1, 6) | Piece(imm, 3, 1, 5),
        F.CompressedLoadWord => Lower(rd) | Upper(rs1) | WordOffset(imm),
        F.CompressedLoadDouble => Lower(rd) | Upper(rs1) | DoubleOffset(imm),
        F.CompressedStoreWord => Lower(rs2) | Upper(rs1) | WordOffset(imm),
        F.CompressedStoreDouble => Lower(rs2) | Upper(rs1) | DoubleOffset(imm),
        F.CompressedImmediate or F.CompressedLoadImmediate or F.CompressedShift => (rd << 7) | Small(imm),
        F.CompressedUpper => (rd << 7) | Small(imm >> 12),
        F.CompressedStackAdjust => Piece(imm, 9, 1, 12) | Piece(imm, 4, 1, 6) | Piece(imm, 6, 1, 5)
            | Piece(imm, 7, 2, 3) | Piece(imm, 5, 1, 2),
        F.CompressedShiftPrime or F.CompressedImmediatePrime => Upper(rd) | Small(imm),
        F.CompressedRegisterPrime => Upper(rd) | Lower(rs2),
        F.CompressedJump => Piece(imm, 11, 1, 12) | Piece(imm, 4, 1, 11) | Piece(imm, 8, 2, 9) | Piece(imm, 10, 1, 8)
            | Piece(imm, 6, 1, 7) | Piece(imm, 7, 1, 6) | Piece(imm, 1, 3, 3) | Piece(imm, 5, 1, 2),
        F.CompressedBranch => Upper(rs1) | Piece(imm, 8, 1, 12) | Piece(imm, 3, 2, 10)
            | Piece(imm, 6, 2, 5) | Piece(imm, 1, 2, 3) | Piece(imm, 5, 1, 2),
        F.CompressedStackLoadWord => (rd << 7) | Piece(imm, 5, 1, 12) | Piece(imm, 2, 3, 4) | Piece(imm, 6, 2, 2),
        F.CompressedStackLoadDouble => (rd << 7) | Piece(imm, 5, 1, 12) | Piece(imm, 3, 2, 5) | Piece(imm, 6, 3, 2),
        F.CompressedStackStoreWord => (rs2 << 2) | Piece(imm, 2, 4, 9) | Piece(imm, 6, 2, 7),
        F.CompressedStackStoreDouble => (rs2 << 2) | Piece(imm, 3, 3, 10) | Piece(imm, 6, 3, 7),
        F.CompressedJumpRegister or F.CompressedCallRegister => rs1 << 7,
        F.CompressedMove or F.CompressedRegister => (rd << 7) | (rs2 << 2),
        _ => 0,
    };

    private static uint Piece(uint bits, int from, int width, int to) => ((bits >> from) & ((1u << width) - 1)) << to;

    private static uint Upper(uint register) => (register & 7) << 7;

    private static uint Lower(uint register) => (register & 7) << 2;

    private static uint Small(uint imm) => Piece(imm, 5, 1, 12) | Piece(imm, 0, 5, 2);

    private static uint WordOffset(uint imm) => Piece(imm, 3, 3, 10) | Piece(imm, 2, 1, 6) | Piece(imm, 6, 1, 5);

    private static uint DoubleOffset(uint imm) => Piece(imm, 3, 3, 10) | Piece(imm, 6, 2, 5);
}

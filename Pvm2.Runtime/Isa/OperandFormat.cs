namespace Pvm2.Runtime.Isa;

/// <summary>
/// Where an encoding keeps its operands. The names are those of the RISC-V unprivileged manual; compressed
/// formats are split further where the scrambling of their immediate differs.
/// </summary>
public enum OperandFormat : byte
{
    /// <summary>No operands.</summary>
    None,

    /// <summary>rd, rs1, rs2.</summary>
    Register,

    /// <summary>rd, rs1: an R-type whose rs2 field selects the operation.</summary>
    Unary,

    /// <summary>rd, rs1, signed 12-bit immediate.</summary>
    Immediate,

    /// <summary>rd, rs1, 6-bit shift amount or bit index.</summary>
    Shift6,

    /// <summary>rd, rs1, 5-bit shift amount.</summary>
    Shift5,

    /// <summary>rd, offset(rs1): signed 12-bit offset.</summary>
    Load,

    /// <summary>rs2, offset(rs1): signed 12-bit offset.</summary>
    Store,

    /// <summary>rs1, rs2, signed 13-bit even displacement.</summary>
    Branch,

    /// <summary>rd, bits 31 to 12 of the value; the immediate holds the value itself, its low 12 bits zero.</summary>
    Upper,

    /// <summary>rd, signed 21-bit even displacement.</summary>
    Jump,

    /// <summary>rd, offset(rs1) of <c>jalr</c>: signed 12-bit offset.</summary>
    JumpRegister,

    /// <summary>MISC-MEM: every field but the opcode and funct3 is ignored.</summary>
    Fence,

    /// <summary>The signed 12-bit selector of <c>ecalli</c>.</summary>
    Selector,

    /// <summary>The unsigned 12-bit table number and rs1 of <c>br_table</c>.</summary>
    Table,

    /// <summary>c.addi4spn: rd′, 10-bit multiple of 4, added to sp.</summary>
    CompressedStackAddress,

    /// <summary>c.lw: rd′, 7-bit multiple of 4, rs1′.</summary>
    CompressedLoadWord,

    /// <summary>c.ld: rd′, 8-bit multiple of 8, rs1′.</summary>
    CompressedLoadDouble,

    /// <summary>c.sw: rs2′, 7-bit multiple of 4, rs1′.</summary>
    CompressedStoreWord,

    /// <summary>c.sd: rs2′, 8-bit multiple of 8, rs1′.</summary>
    CompressedStoreDouble,

    /// <summary>c.addi, c.addiw, c.nop: rd is also rs1, signed 6-bit immediate.</summary>
    CompressedImmediate,

    /// <summary>c.li: rd, signed 6-bit immediate; rs1 is x0.</summary>
    CompressedLoadImmediate,

    /// <summary>c.lui: rd, signed 6-bit immediate in bits 17 to 12.</summary>
    CompressedUpper,

    /// <summary>c.addi16sp: signed 10-bit multiple of 16, added to sp.</summary>
    CompressedStackAdjust,

    /// <summary>c.srli, c.srai: rd′ is also rs1, 6-bit shift amount.</summary>
    CompressedShiftPrime,

    /// <summary>c.andi: rd′ is also rs1, signed 6-bit immediate.</summary>
    CompressedImmediatePrime,

    /// <summary>c.sub and its kin: rd′ is also rs1, rs2′.</summary>
    CompressedRegisterPrime,

    /// <summary>c.j: signed 12-bit even displacement; rd is x0.</summary>
    CompressedJump,

    /// <summary>c.beqz, c.bnez: rs1′, signed 9-bit even displacement; rs2 is x0.</summary>
    CompressedBranch,

    /// <summary>c.slli: rd is also rs1, 6-bit shift amount.</summary>
    CompressedShift,

    /// <summary>c.lwsp: rd, 8-bit multiple of 4 from sp.</summary>
    CompressedStackLoadWord,

    /// <summary>c.ldsp: rd, 9-bit multiple of 8 from sp.</summary>
    CompressedStackLoadDouble,

    /// <summary>c.swsp: rs2, 8-bit multiple of 4 from sp.</summary>
    CompressedStackStoreWord,

    /// <summary>c.sdsp: rs2, 9-bit multiple of 8 from sp.</summary>
    CompressedStackStoreDouble,

    /// <summary>c.jr: rs1; rd is x0.</summary>
    CompressedJumpRegister,

    /// <summary>c.jalr: rs1; rd is ra.</summary>
    CompressedCallRegister,

    /// <summary>c.mv: rd, rs2; rs1 is x0.</summary>
    CompressedMove,

    /// <summary>c.add: rd is also rs1, rs2.</summary>
    CompressedRegister,
}

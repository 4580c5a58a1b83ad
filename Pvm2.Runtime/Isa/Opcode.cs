namespace Pvm2.Runtime.Isa;

/// <summary>
/// What an instruction does, whatever its length: a compressed instruction has the opcode of its expansion.
/// The values are also the row numbers of <see cref="InstructionTable"/>.
/// </summary>
#pragma warning disable CS1591 // Each member is the mnemonic of the RISC-V unprivileged manual; the table has the rest.
public enum Opcode : byte
{
    /// <summary>No instruction: a reserved, forbidden or truncated encoding. Executing it is a panic.</summary>
    Illegal = 0,

    // Loads and stores
    Lb, Lh, Lw, Ld, Lbu, Lhu, Lwu,
    Sb, Sh, Sw, Sd,

    // Upper immediates
    Lui, Auipc,

    // Integer, register and immediate
    Addi, Slti, Sltiu, Xori, Ori, Andi, Slli, Srli, Srai,
    Addiw, Slliw, Srliw, Sraiw,

    // Integer, register and register
    Add, Sub, Sll, Slt, Sltu, Xor, Srl, Sra, Or, And,
    Addw, Subw, Sllw, Srlw, Sraw,

    // M
    Mul, Mulh, Mulhsu, Mulhu, Div, Divu, Rem, Remu,
    Mulw, Divw, Divuw, Remw, Remuw,

    // Zba
    AddUw, Sh1add, Sh2add, Sh3add, Sh1addUw, Sh2addUw, Sh3addUw, SlliUw,

    // Zbb
    Andn, Orn, Xnor,
    Clz, Ctz, Cpop, Clzw, Ctzw, Cpopw,
    Max, Maxu, Min, Minu,
    SextB, SextH, ZextH,
    Rol, Ror, Rori, Rolw, Rorw, Roriw,
    OrcB, Rev8,

    // Zbs
    Bclr, Bclri, Bext, Bexti, Binv, Binvi, Bset, Bseti,

    // Zicond
    CzeroEqz, CzeroNez,

    // Control flow
    Beq, Bne, Blt, Bge, Bltu, Bgeu, Jal, Jalr,

    // Memory ordering: no-ops here
    Fence, FenceI,

    // System: traps in xjar, forbidden in static
    Ecall, Ebreak,

    // Custom-0
    Trap, EcallJar, Ecalli, BrTable, Fallthrough,
}
#pragma warning restore CS1591

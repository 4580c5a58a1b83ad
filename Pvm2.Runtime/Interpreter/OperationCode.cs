using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Interpreter;

/// <summary>
/// What an <see cref="Operation"/> does. Most do what the instruction of the same name does and have its number.
/// </summary>
internal enum OperationCode : ushort
{
    /// <summary>Ends the run. What traps, what is illegal, a bad target and the end of the code all come to this.</summary>
    Panic = Opcode.Illegal,

    // Loads and stores
    Lb = Opcode.Lb, Lh = Opcode.Lh, Lw = Opcode.Lw, Ld = Opcode.Ld, Lbu = Opcode.Lbu,
    Lhu = Opcode.Lhu, Lwu = Opcode.Lwu,
    Sb = Opcode.Sb, Sh = Opcode.Sh, Sw = Opcode.Sw, Sd = Opcode.Sd,

    // Integer, register and immediate
    Addi = Opcode.Addi, Slti = Opcode.Slti, Sltiu = Opcode.Sltiu, Xori = Opcode.Xori, Ori = Opcode.Ori,
    Andi = Opcode.Andi, Slli = Opcode.Slli, Srli = Opcode.Srli, Srai = Opcode.Srai,
    Addiw = Opcode.Addiw, Slliw = Opcode.Slliw, Srliw = Opcode.Srliw, Sraiw = Opcode.Sraiw,

    // Integer, register and register
    Add = Opcode.Add, Sub = Opcode.Sub, Sll = Opcode.Sll, Slt = Opcode.Slt, Sltu = Opcode.Sltu,
    Xor = Opcode.Xor, Srl = Opcode.Srl, Sra = Opcode.Sra, Or = Opcode.Or, And = Opcode.And,
    Addw = Opcode.Addw, Subw = Opcode.Subw, Sllw = Opcode.Sllw, Srlw = Opcode.Srlw, Sraw = Opcode.Sraw,

    // M
    Mul = Opcode.Mul, Mulh = Opcode.Mulh, Mulhsu = Opcode.Mulhsu, Mulhu = Opcode.Mulhu, Div = Opcode.Div,
    Divu = Opcode.Divu, Rem = Opcode.Rem, Remu = Opcode.Remu,
    Mulw = Opcode.Mulw, Divw = Opcode.Divw, Divuw = Opcode.Divuw, Remw = Opcode.Remw, Remuw = Opcode.Remuw,

    // Zba
    AddUw = Opcode.AddUw, Sh1add = Opcode.Sh1add, Sh2add = Opcode.Sh2add, Sh3add = Opcode.Sh3add, Sh1addUw = Opcode.Sh1addUw,
    Sh2addUw = Opcode.Sh2addUw, Sh3addUw = Opcode.Sh3addUw, SlliUw = Opcode.SlliUw,

    // Zbb
    Andn = Opcode.Andn, Orn = Opcode.Orn, Xnor = Opcode.Xnor,
    Clz = Opcode.Clz, Ctz = Opcode.Ctz, Cpop = Opcode.Cpop, Clzw = Opcode.Clzw, Ctzw = Opcode.Ctzw,
    Cpopw = Opcode.Cpopw,
    Max = Opcode.Max, Maxu = Opcode.Maxu, Min = Opcode.Min, Minu = Opcode.Minu,
    SextB = Opcode.SextB, SextH = Opcode.SextH, ZextH = Opcode.ZextH,
    Rol = Opcode.Rol, Ror = Opcode.Ror, Rori = Opcode.Rori, Rolw = Opcode.Rolw, Rorw = Opcode.Rorw,
    Roriw = Opcode.Roriw,
    OrcB = Opcode.OrcB, Rev8 = Opcode.Rev8,

    // Zbs
    Bclr = Opcode.Bclr, Bclri = Opcode.Bclri, Bext = Opcode.Bext, Bexti = Opcode.Bexti, Binv = Opcode.Binv,
    Binvi = Opcode.Binvi, Bset = Opcode.Bset, Bseti = Opcode.Bseti,

    // Zicond
    CzeroEqz = Opcode.CzeroEqz, CzeroNez = Opcode.CzeroNez,

    // Control flow
    Beq = Opcode.Beq, Bne = Opcode.Bne, Blt = Opcode.Blt, Bge = Opcode.Bge, Bltu = Opcode.Bltu,
    Bgeu = Opcode.Bgeu, Jal = Opcode.Jal, Jalr = Opcode.Jalr,

    // Memory ordering: no-ops here

    // System: traps in xjar, forbidden in static

    // Custom-0
    EcallJar = Opcode.EcallJar, Ecalli = Opcode.Ecalli, BrTable = Opcode.BrTable,

    /// <summary>The first slot of a block: takes its gas.</summary>
    Charge = Opcode.Fallthrough + 1,

    /// <summary>Takes the gas of a block that costs 2^32 or more; the next slot has the number.</summary>
    ChargeMuch,

    /// <summary>The first slot of a block that a loop goes through, without metering.</summary>
    Poll,

    /// <summary>Loads a 32-bit constant: <c>lui</c>, <c>auipc</c>, <c>li</c>, the link of a <c>jal</c>.</summary>
    LoadConstant,

    /// <summary>Copies a register.</summary>
    Move,

    /// <summary>Branches whose target is no block start, which xjar allows: they panic if they are taken.</summary>
    BeqOrPanic, BneOrPanic, BltOrPanic, BgeOrPanic, BltuOrPanic, BgeuOrPanic,

    /// <summary>More operands of the slot before; never executed.</summary>
    Operands,

    /// <summary>Gives the stack back, where calls use it up.</summary>
    Return,

    /// <summary>How many there are; no operation.</summary>
    Count,
}

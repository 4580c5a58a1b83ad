using B = Pvm2.Runtime.Isa.TableBuilder;
using F = Pvm2.Runtime.Isa.OperandFormat;
using Fam = Pvm2.Runtime.Isa.InstructionFamily;
using Need = Pvm2.Runtime.Isa.OperandConstraint;
using Op = Pvm2.Runtime.Isa.Opcode;
using Trait = Pvm2.Runtime.Isa.InstructionTraits;

namespace Pvm2.Runtime.Isa;

/// <summary>
/// Every instruction of PVM2, one row an encoding: decoder, encoder, assembler, disassembler, validator, gas and
/// tests derive from it. The first rows are numbered as <see cref="Opcode"/>; the compressed encodings follow.
/// </summary>
/// <remarks>
/// A pattern reads as the manual prints it, from the highest bit to the lowest: 0 and 1 are fixed, a dot is an
/// operand. Where two compressed patterns overlap, the row that stands first wins.
/// Encodings: the RISC-V unprivileged manual, and for custom-0 the PVM2 specification. Gas: the PVM2 gas table.
/// </remarks>
public static class InstructionTable
{
    private const byte FirstCompressedRow = (byte)Op.Fallthrough + 1;

    private static readonly InstructionDescriptor[] Table = Build();

    /// <summary>All rows; the row of an <see cref="Opcode"/> has its number.</summary>
    public static ReadOnlySpan<InstructionDescriptor> Rows => Table;

    /// <summary>The rows of 4-byte encodings, in the order of <see cref="Opcode"/>, the illegal one left out.</summary>
    public static ReadOnlySpan<InstructionDescriptor> BaseRows => Rows[1..FirstCompressedRow];

    /// <summary>The rows of 2-byte encodings.</summary>
    public static ReadOnlySpan<InstructionDescriptor> CompressedRows => Rows[FirstCompressedRow..];

    /// <summary>The row that says what <paramref name="opcode"/> does.</summary>
    public static InstructionDescriptor Describe(Opcode opcode) => Table[(int)opcode];

    private static InstructionDescriptor[] Build()
    {
        var rows = new TableBuilder();
        AddMemoryRows(rows);
        AddArithmeticRows(rows);
        AddBitManipulationRows(rows);
        AddControlRows(rows);
        AddCompressedRows(rows);
        return rows.ToArray();
    }

#pragma warning disable format // Aligned rows.
    private static void AddMemoryRows(TableBuilder t)
    {
        t.Base("lb",          "............ ..... 000 ..... 0000011",    F.Load,          Op.Lb,           Fam.Load,            Trait.None,               B.Load);
        t.Base("lh",          "............ ..... 001 ..... 0000011",    F.Load,          Op.Lh,           Fam.Load,            Trait.None,               B.Load);
        t.Base("lw",          "............ ..... 010 ..... 0000011",    F.Load,          Op.Lw,           Fam.Load,            Trait.None,               B.Load);
        t.Base("ld",          "............ ..... 011 ..... 0000011",    F.Load,          Op.Ld,           Fam.Load,            Trait.None,               B.Load);
        t.Base("lbu",         "............ ..... 100 ..... 0000011",    F.Load,          Op.Lbu,          Fam.Load,            Trait.None,               B.Load);
        t.Base("lhu",         "............ ..... 101 ..... 0000011",    F.Load,          Op.Lhu,          Fam.Load,            Trait.None,               B.Load);
        t.Base("lwu",         "............ ..... 110 ..... 0000011",    F.Load,          Op.Lwu,          Fam.Load,            Trait.None,               B.Load);
        t.Base("sb",          "....... ..... ..... 000 ..... 0100011",   F.Store,         Op.Sb,           Fam.Store,           Trait.None,               B.Store);
        t.Base("sh",          "....... ..... ..... 001 ..... 0100011",   F.Store,         Op.Sh,           Fam.Store,           Trait.None,               B.Store);
        t.Base("sw",          "....... ..... ..... 010 ..... 0100011",   F.Store,         Op.Sw,           Fam.Store,           Trait.None,               B.Store);
        t.Base("sd",          "....... ..... ..... 011 ..... 0100011",   F.Store,         Op.Sd,           Fam.Store,           Trait.None,               B.Store);
    }

    private static void AddArithmeticRows(TableBuilder t)
    {
        t.Base("lui",         "....... ..... ..... ... ..... 0110111",   F.Upper,         Op.Lui,          Fam.Arithmetic,      Trait.None,               B.Fixed(1, 2));
        t.Base("auipc",       "....... ..... ..... ... ..... 0010111",   F.Upper,         Op.Auipc,        Fam.Arithmetic,      Trait.ForbiddenInStatic,  B.Fixed(1, 2));
        t.Base("addi",        "............ ..... 000 ..... 0010011",    F.Immediate,     Op.Addi,         Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("slti",        "............ ..... 010 ..... 0010011",    F.Immediate,     Op.Slti,         Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("sltiu",       "............ ..... 011 ..... 0010011",    F.Immediate,     Op.Sltiu,        Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("xori",        "............ ..... 100 ..... 0010011",    F.Immediate,     Op.Xori,         Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("ori",         "............ ..... 110 ..... 0010011",    F.Immediate,     Op.Ori,          Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("andi",        "............ ..... 111 ..... 0010011",    F.Immediate,     Op.Andi,         Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("slli",        "000000 ...... ..... 001 ..... 0010011",   F.Shift6,        Op.Slli,         Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("srli",        "000000 ...... ..... 101 ..... 0010011",   F.Shift6,        Op.Srli,         Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("srai",        "010000 ...... ..... 101 ..... 0010011",   F.Shift6,        Op.Srai,         Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("addiw",       "............ ..... 000 ..... 0011011",    F.Immediate,     Op.Addiw,        Fam.Arithmetic,      Trait.None,               B.Reused(2, 1));
        t.Base("slliw",       "0000000 ..... ..... 001 ..... 0011011",   F.Shift5,        Op.Slliw,        Fam.Arithmetic,      Trait.None,               B.Reused(2, 1));
        t.Base("srliw",       "0000000 ..... ..... 101 ..... 0011011",   F.Shift5,        Op.Srliw,        Fam.Arithmetic,      Trait.None,               B.Reused(2, 1));
        t.Base("sraiw",       "0100000 ..... ..... 101 ..... 0011011",   F.Shift5,        Op.Sraiw,        Fam.Arithmetic,      Trait.None,               B.Reused(2, 1));
        t.Base("add",         "0000000 ..... ..... 000 ..... 0110011",   F.Register,      Op.Add,          Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("sub",         "0100000 ..... ..... 000 ..... 0110011",   F.Register,      Op.Sub,          Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("sll",         "0000000 ..... ..... 001 ..... 0110011",   F.Register,      Op.Sll,          Fam.Arithmetic,      Trait.None,               B.InPlace(1, 0));
        t.Base("slt",         "0000000 ..... ..... 010 ..... 0110011",   F.Register,      Op.Slt,          Fam.Arithmetic,      Trait.None,               B.Fixed(3, 3));
        t.Base("sltu",        "0000000 ..... ..... 011 ..... 0110011",   F.Register,      Op.Sltu,         Fam.Arithmetic,      Trait.None,               B.Fixed(3, 3));
        t.Base("xor",         "0000000 ..... ..... 100 ..... 0110011",   F.Register,      Op.Xor,          Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("srl",         "0000000 ..... ..... 101 ..... 0110011",   F.Register,      Op.Srl,          Fam.Arithmetic,      Trait.None,               B.InPlace(1, 0));
        t.Base("sra",         "0100000 ..... ..... 101 ..... 0110011",   F.Register,      Op.Sra,          Fam.Arithmetic,      Trait.None,               B.InPlace(1, 0));
        t.Base("or",          "0000000 ..... ..... 110 ..... 0110011",   F.Register,      Op.Or,           Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("and",         "0000000 ..... ..... 111 ..... 0110011",   F.Register,      Op.And,          Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("addw",        "0000000 ..... ..... 000 ..... 0111011",   F.Register,      Op.Addw,         Fam.Arithmetic,      Trait.None,               B.Reused(2, 1));
        t.Base("subw",        "0100000 ..... ..... 000 ..... 0111011",   F.Register,      Op.Subw,         Fam.Arithmetic,      Trait.None,               B.Reused(2, 1));
        t.Base("sllw",        "0000000 ..... ..... 001 ..... 0111011",   F.Register,      Op.Sllw,         Fam.Arithmetic,      Trait.None,               B.InPlace(2, 1));
        t.Base("srlw",        "0000000 ..... ..... 101 ..... 0111011",   F.Register,      Op.Srlw,         Fam.Arithmetic,      Trait.None,               B.InPlace(2, 1));
        t.Base("sraw",        "0100000 ..... ..... 101 ..... 0111011",   F.Register,      Op.Sraw,         Fam.Arithmetic,      Trait.None,               B.InPlace(2, 1));
        t.Base("mul",         "0000001 ..... ..... 000 ..... 0110011",   F.Register,      Op.Mul,          Fam.MultiplyDivide,  Trait.None,               B.Reused(3, 0));
        t.Base("mulh",        "0000001 ..... ..... 001 ..... 0110011",   F.Register,      Op.Mulh,         Fam.MultiplyDivide,  Trait.None,               B.Fixed(4, 4));
        t.Base("mulhsu",      "0000001 ..... ..... 010 ..... 0110011",   F.Register,      Op.Mulhsu,       Fam.MultiplyDivide,  Trait.None,               B.Fixed(6, 4));
        t.Base("mulhu",       "0000001 ..... ..... 011 ..... 0110011",   F.Register,      Op.Mulhu,        Fam.MultiplyDivide,  Trait.None,               B.Fixed(4, 4));
        t.Base("div",         "0000001 ..... ..... 100 ..... 0110011",   F.Register,      Op.Div,          Fam.MultiplyDivide,  Trait.None,               B.Fixed(60, 4));
        t.Base("divu",        "0000001 ..... ..... 101 ..... 0110011",   F.Register,      Op.Divu,         Fam.MultiplyDivide,  Trait.None,               B.Fixed(60, 4));
        t.Base("rem",         "0000001 ..... ..... 110 ..... 0110011",   F.Register,      Op.Rem,          Fam.MultiplyDivide,  Trait.None,               B.Fixed(60, 4));
        t.Base("remu",        "0000001 ..... ..... 111 ..... 0110011",   F.Register,      Op.Remu,         Fam.MultiplyDivide,  Trait.None,               B.Fixed(60, 4));
        t.Base("mulw",        "0000001 ..... ..... 000 ..... 0111011",   F.Register,      Op.Mulw,         Fam.MultiplyDivide,  Trait.None,               B.Reused(4, 1));
        t.Base("divw",        "0000001 ..... ..... 100 ..... 0111011",   F.Register,      Op.Divw,         Fam.MultiplyDivide,  Trait.None,               B.Fixed(60, 4));
        t.Base("divuw",       "0000001 ..... ..... 101 ..... 0111011",   F.Register,      Op.Divuw,        Fam.MultiplyDivide,  Trait.None,               B.Fixed(60, 4));
        t.Base("remw",        "0000001 ..... ..... 110 ..... 0111011",   F.Register,      Op.Remw,         Fam.MultiplyDivide,  Trait.None,               B.Fixed(60, 4));
        t.Base("remuw",       "0000001 ..... ..... 111 ..... 0111011",   F.Register,      Op.Remuw,        Fam.MultiplyDivide,  Trait.None,               B.Fixed(60, 4));
    }

    private static void AddBitManipulationRows(TableBuilder t)
    {
        t.Base("add.uw",      "0000100 ..... ..... 000 ..... 0111011",   F.Register,      Op.AddUw,        Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("sh1add",      "0010000 ..... ..... 010 ..... 0110011",   F.Register,      Op.Sh1add,       Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("sh2add",      "0010000 ..... ..... 100 ..... 0110011",   F.Register,      Op.Sh2add,       Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("sh3add",      "0010000 ..... ..... 110 ..... 0110011",   F.Register,      Op.Sh3add,       Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("sh1add.uw",   "0010000 ..... ..... 010 ..... 0111011",   F.Register,      Op.Sh1addUw,     Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("sh2add.uw",   "0010000 ..... ..... 100 ..... 0111011",   F.Register,      Op.Sh2addUw,     Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("sh3add.uw",   "0010000 ..... ..... 110 ..... 0111011",   F.Register,      Op.Sh3addUw,     Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("slli.uw",     "000010 ...... ..... 001 ..... 0011011",   F.Shift6,        Op.SlliUw,       Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("andn",        "0100000 ..... ..... 111 ..... 0110011",   F.Register,      Op.Andn,         Fam.Arithmetic,      Trait.None,               B.Fixed(2, 3));
        t.Base("orn",         "0100000 ..... ..... 110 ..... 0110011",   F.Register,      Op.Orn,          Fam.Arithmetic,      Trait.None,               B.Fixed(2, 3));
        t.Base("xnor",        "0100000 ..... ..... 100 ..... 0110011",   F.Register,      Op.Xnor,         Fam.Arithmetic,      Trait.None,               B.Reused(2, 1));
        t.Base("clz",         "0110000 00000 ..... 001 ..... 0010011",   F.Unary,         Op.Clz,          Fam.Arithmetic,      Trait.None,               B.Fixed(1, 1));
        t.Base("ctz",         "0110000 00001 ..... 001 ..... 0010011",   F.Unary,         Op.Ctz,          Fam.Arithmetic,      Trait.None,               B.Fixed(2, 1));
        t.Base("cpop",        "0110000 00010 ..... 001 ..... 0010011",   F.Unary,         Op.Cpop,         Fam.Arithmetic,      Trait.None,               B.Fixed(1, 1));
        t.Base("clzw",        "0110000 00000 ..... 001 ..... 0011011",   F.Unary,         Op.Clzw,         Fam.Arithmetic,      Trait.None,               B.Fixed(1, 1));
        t.Base("ctzw",        "0110000 00001 ..... 001 ..... 0011011",   F.Unary,         Op.Ctzw,         Fam.Arithmetic,      Trait.None,               B.Fixed(2, 1));
        t.Base("cpopw",       "0110000 00010 ..... 001 ..... 0011011",   F.Unary,         Op.Cpopw,        Fam.Arithmetic,      Trait.None,               B.Fixed(1, 1));
        t.Base("max",         "0000101 ..... ..... 110 ..... 0110011",   F.Register,      Op.Max,          Fam.Arithmetic,      Trait.None,               B.Reused(3, 1));
        t.Base("maxu",        "0000101 ..... ..... 111 ..... 0110011",   F.Register,      Op.Maxu,         Fam.Arithmetic,      Trait.None,               B.Reused(3, 1));
        t.Base("min",         "0000101 ..... ..... 100 ..... 0110011",   F.Register,      Op.Min,          Fam.Arithmetic,      Trait.None,               B.Reused(3, 1));
        t.Base("minu",        "0000101 ..... ..... 101 ..... 0110011",   F.Register,      Op.Minu,         Fam.Arithmetic,      Trait.None,               B.Reused(3, 1));
        t.Base("sext.b",      "0110000 00100 ..... 001 ..... 0010011",   F.Unary,         Op.SextB,        Fam.Arithmetic,      Trait.None,               B.Fixed(1, 1));
        t.Base("sext.h",      "0110000 00101 ..... 001 ..... 0010011",   F.Unary,         Op.SextH,        Fam.Arithmetic,      Trait.None,               B.Fixed(1, 1));
        t.Base("zext.h",      "0000100 00000 ..... 100 ..... 0111011",   F.Unary,         Op.ZextH,        Fam.Arithmetic,      Trait.None,               B.Fixed(1, 1));
        t.Base("rol",         "0110000 ..... ..... 001 ..... 0110011",   F.Register,      Op.Rol,          Fam.Arithmetic,      Trait.None,               B.InPlace(1, 0));
        t.Base("ror",         "0110000 ..... ..... 101 ..... 0110011",   F.Register,      Op.Ror,          Fam.Arithmetic,      Trait.None,               B.InPlace(1, 0));
        t.Base("rori",        "011000 ...... ..... 101 ..... 0010011",   F.Shift6,        Op.Rori,         Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("rolw",        "0110000 ..... ..... 001 ..... 0111011",   F.Register,      Op.Rolw,         Fam.Arithmetic,      Trait.None,               B.InPlace(2, 1));
        t.Base("rorw",        "0110000 ..... ..... 101 ..... 0111011",   F.Register,      Op.Rorw,         Fam.Arithmetic,      Trait.None,               B.InPlace(2, 1));
        t.Base("roriw",       "0110000 ..... ..... 101 ..... 0011011",   F.Shift5,        Op.Roriw,        Fam.Arithmetic,      Trait.None,               B.Reused(2, 1));
        t.Base("orc.b",       "0010100 00111 ..... 101 ..... 0010011",   F.Unary,         Op.OrcB,         Fam.Arithmetic,      Trait.None,               B.Fixed(1, 1));
        t.Base("rev8",        "0110101 11000 ..... 101 ..... 0010011",   F.Unary,         Op.Rev8,         Fam.Arithmetic,      Trait.None,               B.Fixed(1, 1));
        t.Base("bclr",        "0100100 ..... ..... 001 ..... 0110011",   F.Register,      Op.Bclr,         Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("bclri",       "010010 ...... ..... 001 ..... 0010011",   F.Shift6,        Op.Bclri,        Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("bext",        "0100100 ..... ..... 101 ..... 0110011",   F.Register,      Op.Bext,         Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("bexti",       "010010 ...... ..... 101 ..... 0010011",   F.Shift6,        Op.Bexti,        Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("binv",        "0110100 ..... ..... 001 ..... 0110011",   F.Register,      Op.Binv,         Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("binvi",       "011010 ...... ..... 001 ..... 0010011",   F.Shift6,        Op.Binvi,        Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("bset",        "0010100 ..... ..... 001 ..... 0110011",   F.Register,      Op.Bset,         Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("bseti",       "001010 ...... ..... 001 ..... 0010011",   F.Shift6,        Op.Bseti,        Fam.Arithmetic,      Trait.None,               B.Reused(1, 0));
        t.Base("czero.eqz",   "0000111 ..... ..... 101 ..... 0110011",   F.Register,      Op.CzeroEqz,     Fam.Arithmetic,      Trait.None,               B.Fixed(2, 2));
        t.Base("czero.nez",   "0000111 ..... ..... 111 ..... 0110011",   F.Register,      Op.CzeroNez,     Fam.Arithmetic,      Trait.None,               B.Fixed(2, 2));
    }

    private static void AddControlRows(TableBuilder t)
    {
        t.Base("beq",         "....... ..... ..... 000 ..... 1100011",   F.Branch,        Op.Beq,          Fam.Branch,          Trait.Terminator,         B.NoResult(20, 1));
        t.Base("bne",         "....... ..... ..... 001 ..... 1100011",   F.Branch,        Op.Bne,          Fam.Branch,          Trait.Terminator,         B.NoResult(20, 1));
        t.Base("blt",         "....... ..... ..... 100 ..... 1100011",   F.Branch,        Op.Blt,          Fam.Branch,          Trait.Terminator,         B.NoResult(20, 1));
        t.Base("bge",         "....... ..... ..... 101 ..... 1100011",   F.Branch,        Op.Bge,          Fam.Branch,          Trait.Terminator,         B.NoResult(20, 1));
        t.Base("bltu",        "....... ..... ..... 110 ..... 1100011",   F.Branch,        Op.Bltu,         Fam.Branch,          Trait.Terminator,         B.NoResult(20, 1));
        t.Base("bgeu",        "....... ..... ..... 111 ..... 1100011",   F.Branch,        Op.Bgeu,         Fam.Branch,          Trait.Terminator,         B.NoResult(20, 1));
        t.Base("jal",         "....... ..... ..... ... ..... 1101111",   F.Jump,          Op.Jal,          Fam.Jump,            Trait.Terminator,         B.Fixed(15, 1));
        t.Base("jalr",        "............ ..... 000 ..... 1100111",    F.JumpRegister,  Op.Jalr,         Fam.IndirectJump,    B.IndirectCall,       B.NoResult(22, 1));
        t.Base("fence",       "............ ..... 000 ..... 0001111",    F.Fence,         Op.Fence,        Fam.NoOperation,     Trait.None,               B.NoResult(1, 1));
        t.Base("fence.i",     "............ ..... 001 ..... 0001111",    F.Fence,         Op.FenceI,       Fam.NoOperation,     Trait.None,               B.NoResult(1, 1));
        t.Base("ecall",       "000000000000 00000 000 00000 1110011",    F.None,          Op.Ecall,        Fam.Trap,            Trait.ForbiddenInStatic,  B.NoResult(2, 1));
        t.Base("ebreak",      "000000000001 00000 000 00000 1110011",    F.None,          Op.Ebreak,       Fam.Trap,            Trait.ForbiddenInStatic,  B.NoResult(2, 1));
        t.Base("trap",        "000000000000 00000 000 00000 0001011",    F.None,          Op.Trap,         Fam.Trap,            Trait.Terminator,         B.NoResult(2, 1));
        t.Base("ecall.jar",   "000000000000 00000 001 00000 0001011",    F.None,          Op.EcallJar,     Fam.HostCall,        B.HostCall,           B.NoResult(100, 4));
        t.Base("ecalli",      "............ 00000 010 00000 0001011",    F.Selector,      Op.Ecalli,       Fam.HostCall,        B.HostCall,           B.NoResult(100, 4));
        t.Base("br_table",    "............ ..... 011 00000 0001011",    F.Table,         Op.BrTable,      Fam.IndirectJump,    B.TableJump,          B.NoResult(22, 1));
        t.Base("fallthrough", "000000000000 00000 100 00000 0001011",    F.None,          Op.Fallthrough,  Fam.NoOperation,     Trait.Terminator,         B.NoResult(2, 1));
    }

    private static void AddCompressedRows(TableBuilder t)
    {
        t.Compressed("c.addi4spn",  "000 ........ ... 00",     F.CompressedStackAddress,     Op.Addi,   Need.NonZeroImmediate);
        t.Compressed("c.lw",        "010 ... ... .. ... 00",   F.CompressedLoadWord,         Op.Lw,     Need.None);
        t.Compressed("c.ld",        "011 ... ... .. ... 00",   F.CompressedLoadDouble,       Op.Ld,     Need.None);
        t.Compressed("c.sw",        "110 ... ... .. ... 00",   F.CompressedStoreWord,        Op.Sw,     Need.None);
        t.Compressed("c.sd",        "111 ... ... .. ... 00",   F.CompressedStoreDouble,      Op.Sd,     Need.None);
        t.Compressed("c.nop",       "000 . 00000 ..... 01",    F.CompressedImmediate,        Op.Addi,   Need.None);
        t.Compressed("c.addi",      "000 . ..... ..... 01",    F.CompressedImmediate,        Op.Addi,   Need.None);
        t.Compressed("c.addiw",     "001 . ..... ..... 01",    F.CompressedImmediate,        Op.Addiw,  Need.NonZeroDestination);
        t.Compressed("c.li",        "010 . ..... ..... 01",    F.CompressedLoadImmediate,    Op.Addi,   Need.None);
        t.Compressed("c.addi16sp",  "011 . 00010 ..... 01",    F.CompressedStackAdjust,      Op.Addi,   Need.NonZeroImmediate);
        t.Compressed("c.lui",       "011 . ..... ..... 01",    F.CompressedUpper,            Op.Lui,    Need.NonZeroImmediate);
        t.Compressed("c.srli",      "100 . 00 ... ..... 01",   F.CompressedShiftPrime,       Op.Srli,   Need.None);
        t.Compressed("c.srai",      "100 . 01 ... ..... 01",   F.CompressedShiftPrime,       Op.Srai,   Need.None);
        t.Compressed("c.andi",      "100 . 10 ... ..... 01",   F.CompressedImmediatePrime,   Op.Andi,   Need.None);
        t.Compressed("c.sub",       "100 0 11 ... 00 ... 01",  F.CompressedRegisterPrime,    Op.Sub,    Need.None);
        t.Compressed("c.xor",       "100 0 11 ... 01 ... 01",  F.CompressedRegisterPrime,    Op.Xor,    Need.None);
        t.Compressed("c.or",        "100 0 11 ... 10 ... 01",  F.CompressedRegisterPrime,    Op.Or,     Need.None);
        t.Compressed("c.and",       "100 0 11 ... 11 ... 01",  F.CompressedRegisterPrime,    Op.And,    Need.None);
        t.Compressed("c.subw",      "100 1 11 ... 00 ... 01",  F.CompressedRegisterPrime,    Op.Subw,   Need.None);
        t.Compressed("c.addw",      "100 1 11 ... 01 ... 01",  F.CompressedRegisterPrime,    Op.Addw,   Need.None);
        t.Compressed("c.j",         "101 ........... 01",      F.CompressedJump,             Op.Jal,    Need.None);
        t.Compressed("c.beqz",      "110 ... ... ..... 01",    F.CompressedBranch,           Op.Beq,    Need.None);
        t.Compressed("c.bnez",      "111 ... ... ..... 01",    F.CompressedBranch,           Op.Bne,    Need.None);
        t.Compressed("c.slli",      "000 . ..... ..... 10",    F.CompressedShift,            Op.Slli,   Need.None);
        t.Compressed("c.lwsp",      "010 . ..... ..... 10",    F.CompressedStackLoadWord,    Op.Lw,     Need.NonZeroDestination);
        t.Compressed("c.ldsp",      "011 . ..... ..... 10",    F.CompressedStackLoadDouble,  Op.Ld,     Need.NonZeroDestination);
        t.Compressed("c.jr",        "100 0 ..... 00000 10",    F.CompressedJumpRegister,     Op.Jalr,   Need.NonZeroSource);
        t.Compressed("c.mv",        "100 0 ..... ..... 10",    F.CompressedMove,             Op.Add,    Need.None);
        t.Compressed("c.ebreak",    "100 1 00000 00000 10",    F.None,                       Op.Ebreak, Need.None);
        t.Compressed("c.jalr",      "100 1 ..... 00000 10",    F.CompressedCallRegister,     Op.Jalr,   Need.None);
        t.Compressed("c.add",       "100 1 ..... ..... 10",    F.CompressedRegister,         Op.Add,    Need.None);
        t.Compressed("c.swsp",      "110 ...... ..... 10",     F.CompressedStackStoreWord,   Op.Sw,     Need.None);
        t.Compressed("c.sdsp",      "111 ...... ..... 10",     F.CompressedStackStoreDouble, Op.Sd,     Need.None);
    }
#pragma warning restore format
}

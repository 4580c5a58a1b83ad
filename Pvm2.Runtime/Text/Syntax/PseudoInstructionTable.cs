using P = Pvm2.Runtime.Text.Syntax.PseudoInstruction;

namespace Pvm2.Runtime.Text.Syntax;

/// <summary>
/// The pseudo-instructions that stand for one instruction; from the RISC-V assembly programmer's manual, and the
/// last few for custom-0. The disassembler takes the first one that fits, so <c>nop</c> precedes <c>mv</c>.
/// </summary>
/// <remarks>
/// <c>rd</c>, <c>rs</c> and <c>rt</c> are registers, <c>imm</c> is a number, <c>target</c> a label. Those that
/// become several instructions (<c>li</c>, <c>la</c>, <c>call</c> …) are the assembler's; <c>li</c> is here too
/// for the disassembler, in the form that is one instruction.
/// </remarks>
internal static class PseudoInstructionTable
{
#pragma warning disable format // Aligned rows.
    private static readonly P[] Table =
    [
        new("nop",                  "addi zero, zero, 0",       isPrinted: true),
        new("li rd, imm",           "addi rd, zero, imm",       isPrinted: true),
        new("mv rd, rs",            "addi rd, rs, 0",           isPrinted: true),
        new("not rd, rs",           "xori rd, rs, -1",          isPrinted: true),
        new("neg rd, rs",           "sub rd, zero, rs",         isPrinted: true),
        new("negw rd, rs",          "subw rd, zero, rs",        isPrinted: true),
        new("sext.w rd, rs",        "addiw rd, rs, 0",          isPrinted: true),
        new("zext.b rd, rs",        "andi rd, rs, 255",         isPrinted: true),
        new("zext.w rd, rs",        "add.uw rd, rs, zero",      isPrinted: true),
        new("seqz rd, rs",          "sltiu rd, rs, 1",          isPrinted: true),
        new("snez rd, rs",          "sltu rd, zero, rs",        isPrinted: true),
        new("sltz rd, rs",          "slt rd, rs, zero",         isPrinted: true),
        new("sgtz rd, rs",          "slt rd, zero, rs",         isPrinted: true),
        new("sgt rd, rs, rt",       "slt rd, rt, rs",           isPrinted: false),
        new("sgtu rd, rs, rt",      "sltu rd, rt, rs",          isPrinted: false),

        new("beqz rs, target",      "beq rs, zero, target",     isPrinted: true),
        new("bnez rs, target",      "bne rs, zero, target",     isPrinted: true),
        new("bltz rs, target",      "blt rs, zero, target",     isPrinted: true),
        new("bgez rs, target",      "bge rs, zero, target",     isPrinted: true),
        new("bgtz rs, target",      "blt zero, rs, target",     isPrinted: true),
        new("blez rs, target",      "bge zero, rs, target",     isPrinted: true),
        new("bgt rs, rt, target",   "blt rt, rs, target",       isPrinted: false),
        new("ble rs, rt, target",   "bge rt, rs, target",       isPrinted: false),
        new("bgtu rs, rt, target",  "bltu rt, rs, target",      isPrinted: false),
        new("bleu rs, rt, target",  "bgeu rt, rs, target",      isPrinted: false),

        new("j target",             "jal zero, target",         isPrinted: true),
        new("jal target",           "jal ra, target",           isPrinted: true),
        new("ret",                  "jalr zero, 0(ra)",         isPrinted: true),
        new("jr rs",                "jalr zero, 0(rs)",         isPrinted: true),
        new("jr imm(rs)",           "jalr zero, imm(rs)",       isPrinted: true),
        new("jr rs, imm",           "jalr zero, imm(rs)",       isPrinted: false),
        new("jalr rs",              "jalr ra, 0(rs)",           isPrinted: true),
        new("jalr imm(rs)",         "jalr ra, imm(rs)",         isPrinted: true),
        new("jalr rs, imm",         "jalr ra, imm(rs)",         isPrinted: false),
        new("jalr rd, rs",          "jalr rd, 0(rs)",           isPrinted: false),
        new("jalr rd, rs, imm",     "jalr rd, imm(rs)",         isPrinted: false),

        new("add rd, rs, imm",      "addi rd, rs, imm",         isPrinted: false),
        new("addw rd, rs, imm",     "addiw rd, rs, imm",        isPrinted: false),
        new("and rd, rs, imm",      "andi rd, rs, imm",         isPrinted: false),
        new("or rd, rs, imm",       "ori rd, rs, imm",          isPrinted: false),
        new("xor rd, rs, imm",      "xori rd, rs, imm",         isPrinted: false),
        new("slt rd, rs, imm",      "slti rd, rs, imm",         isPrinted: false),
        new("sltu rd, rs, imm",     "sltiu rd, rs, imm",        isPrinted: false),
        new("sll rd, rs, imm",      "slli rd, rs, imm",         isPrinted: false),
        new("srl rd, rs, imm",      "srli rd, rs, imm",         isPrinted: false),
        new("sra rd, rs, imm",      "srai rd, rs, imm",         isPrinted: false),
        new("sllw rd, rs, imm",     "slliw rd, rs, imm",        isPrinted: false),
        new("srlw rd, rs, imm",     "srliw rd, rs, imm",        isPrinted: false),
        new("sraw rd, rs, imm",     "sraiw rd, rs, imm",        isPrinted: false),
        new("ror rd, rs, imm",      "rori rd, rs, imm",         isPrinted: false),
        new("rorw rd, rs, imm",     "roriw rd, rs, imm",        isPrinted: false),
        new("bset rd, rs, imm",     "bseti rd, rs, imm",        isPrinted: false),
        new("bclr rd, rs, imm",     "bclri rd, rs, imm",        isPrinted: false),
        new("binv rd, rs, imm",     "binvi rd, rs, imm",        isPrinted: false),
        new("bext rd, rs, imm",     "bexti rd, rs, imm",        isPrinted: false),

        new("fence",                "fence iorw, iorw",         isPrinted: true),
        new("fence.tso",            "fence 2099",               isPrinted: true),
        new("pause",                "fence w, 0",               isPrinted: true),

        new("unimp",                "trap",                     isPrinted: false),
        new("ecalli.jar imm",       "ecalli imm",               isPrinted: false),
    ];
#pragma warning restore format

    private static readonly ILookup<string, P> ByName = Table.ToLookup(p => p.Name, StringComparer.Ordinal);

    private static readonly ILookup<byte, P> PrintedByRow = Table.Where(p => p.IsPrinted).ToLookup(p => p.Row.Row);

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<P> All => Table;

    /// <summary>Those of a name; they differ in their parameters.</summary>
    internal static IEnumerable<P> Named(string name) => ByName[name];

    /// <summary>Those that the disassembler may print for an encoding, the preferred first.</summary>
    internal static IEnumerable<P> PrintedFor(byte row) => PrintedByRow[row];
}

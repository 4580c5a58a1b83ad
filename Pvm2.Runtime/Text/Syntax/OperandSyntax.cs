using Pvm2.Runtime.Isa;
using F = Pvm2.Runtime.Isa.OperandFormat;
using K = Pvm2.Runtime.Text.Syntax.OperandKind;

namespace Pvm2.Runtime.Text.Syntax;

/// <summary>How the operands of each format are written, in which order, and how far their immediates reach.</summary>
internal static class OperandSyntax
{
    private const uint RdField = 0xF80;

    /// <summary>The operands of an encoding in the order in which they are written.</summary>
    internal static ReadOnlySpan<K> Of(InstructionDescriptor row) => row.Format switch
    {
        F.None => [],
        F.Register => [K.Rd, K.Rs1, K.Rs2],
        F.Unary => [K.Rd, K.Rs1],
        F.Immediate or F.Shift6 or F.Shift5 => [K.Rd, K.Rs1, K.Immediate],
        F.Load or F.JumpRegister => [K.Rd, K.Memory],
        F.Store => [K.Rs2, K.Memory],
        F.Branch => [K.Rs1, K.Rs2, K.Target],
        F.Upper => [K.Rd, K.Upper],
        F.Jump => [K.Rd, K.Target],
        F.Fence => row.Opcode == Opcode.Fence ? [K.Predecessor, K.Successor] : [],
        F.Selector => [K.Immediate],
        F.Table => [K.Table, K.Rs1],
        F.CompressedStackAddress => [K.Rd, K.Rs1, K.Immediate],

        // In c.nop the register is part of the opcode.
        F.CompressedImmediate when (row.Mask & RdField) == RdField => [K.OptionalImmediate],
        F.CompressedImmediate or F.CompressedLoadImmediate or F.CompressedStackAdjust or F.CompressedShiftPrime
            or F.CompressedImmediatePrime or F.CompressedShift => [K.Rd, K.Immediate],
        F.CompressedUpper => [K.Rd, K.Upper],
        F.CompressedLoadWord or F.CompressedLoadDouble or F.CompressedStackLoadWord or F.CompressedStackLoadDouble
            => [K.Rd, K.Memory],
        F.CompressedStoreWord or F.CompressedStoreDouble or F.CompressedStackStoreWord or F.CompressedStackStoreDouble
            => [K.Rs2, K.Memory],
        F.CompressedRegisterPrime or F.CompressedMove or F.CompressedRegister => [K.Rd, K.Rs2],
        F.CompressedJump => [K.Target],
        F.CompressedBranch => [K.Rs1, K.Target],
        F.CompressedJumpRegister or F.CompressedCallRegister => [K.Rs1],
        _ => throw new InvalidOperationException($"The format {row.Format} has no syntax."),
    };

    /// <summary>The immediates that a format's field can hold.</summary>
    internal static ImmediateRange Range(F format) => format switch
    {
        F.Immediate or F.Load or F.Store or F.JumpRegister or F.Selector => new(-2048, 2047, 1),
        F.Shift6 or F.CompressedShift or F.CompressedShiftPrime => new(0, 63, 1),
        F.Shift5 => new(0, 31, 1),
        F.Branch => new(-4096, 4094, 2),
        F.Upper => new(int.MinValue, 0x7FFF_F000, 4096),
        F.Jump => new(-0x10_0000, 0xF_FFFE, 2),
        F.Fence or F.Table => new(0, 4095, 1),
        F.CompressedStackAddress => new(0, 1020, 4),
        F.CompressedLoadWord or F.CompressedStoreWord => new(0, 124, 4),
        F.CompressedLoadDouble or F.CompressedStoreDouble => new(0, 248, 8),
        F.CompressedImmediate or F.CompressedLoadImmediate or F.CompressedImmediatePrime => new(-32, 31, 1),
        F.CompressedUpper => new(-32 << 12, 31 << 12, 4096),
        F.CompressedStackAdjust => new(-512, 496, 16),
        F.CompressedJump => new(-2048, 2046, 2),
        F.CompressedBranch => new(-256, 254, 2),
        F.CompressedStackLoadWord or F.CompressedStackStoreWord => new(0, 252, 4),
        F.CompressedStackLoadDouble or F.CompressedStackStoreDouble => new(0, 504, 8),
        _ => new(0, 0, 1),
    };

    /// <summary>How the operands are written, for messages: <c>addi rd, rs1, imm</c>.</summary>
    internal static string Describe(InstructionDescriptor row)
    {
        var operands = new List<string>();
        foreach (var kind in Of(row))
        {
            operands.Add(Describe(kind));
        }

        return operands.Count == 0 ? row.Mnemonic : $"{row.Mnemonic} {string.Join(", ", operands)}";
    }

    private static string Describe(K kind) => kind switch
    {
        K.Rd => "rd",
        K.Rs1 => "rs1",
        K.Rs2 => "rs2",
        K.Immediate or K.Upper => "imm",
        K.OptionalImmediate => "[imm]",
        K.Memory => "offset(rs1)",
        K.Target => "label",
        K.Table => "table",
        K.Predecessor => "pred",
        _ => "succ",
    };
}

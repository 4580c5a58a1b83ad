using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text.Parsing;
using Pvm2.Runtime.Text.Syntax;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>Makes instructions of their text, and says what keeps a text from being one.</summary>
internal sealed class InstructionBuilder(AssemblyUnit unit)
{
    internal ExpressionEvaluator Evaluator => unit.Evaluator;

    internal DiagnosticBag Diagnostics => unit.Diagnostics;

    internal Profile Profile => unit.Profile;

    /// <summary>Builds an instruction, or complains.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="counter">The program counter that it will have.</param>
    /// <param name="instruction">The instruction, in the row that the text names.</param>
    internal bool TryBuild(InstructionText text, long counter, out Instruction instruction)
    {
        var operands = new OperandValues();
        var complete = CheckProfile(text);
        var syntax = OperandSyntax.Of(text.Row);
        for (var i = 0; i < text.Operands.Count; i++)
        {
            complete &= TryRead(text, syntax[Math.Min(i, syntax.Length - 1)], text.Operands[i], counter, ref operands);
        }

        instruction = default;
        return complete && TryEncode(text, operands, out instruction);
    }

    /// <summary>Evaluates a number in data.</summary>
    internal bool TryEvaluateField(DataField field, out long number)
    {
        if (!Evaluator.TryEvaluateNumber(field.Value, 0, out number))
        {
            return false;
        }

        if (DataField.Fits(number, field.Width))
        {
            return true;
        }

        Diagnostics.Add(field.Value.Position, $"{number} does not fit {field.Width} byte{(field.Width == 1 ? string.Empty : "s")}.");
        return false;
    }

    private bool CheckProfile(InstructionText text)
    {
        if (text.Row.IsLegalIn(Profile))
        {
            return true;
        }

        Diagnostics.Add(text.Position, ProfileAdvice.Describe(text.Name, text.Row.Opcode));
        return false;
    }

    private bool TryRead(InstructionText text, OperandKind kind, Operand operand, long counter, ref OperandValues values)
    {
        switch (kind, operand)
        {
            case (OperandKind.Rd, RegisterOperand register):
                values.Rd = register.Number;
                return CheckRegister(register);
            case (OperandKind.Rs1, RegisterOperand register):
                values.Rs1 = register.Number;
                return CheckRegister(register);
            case (OperandKind.Rs2, RegisterOperand register):
                values.Rs2 = register.Number;
                return CheckRegister(register);
            case (OperandKind.Memory, MemoryOperand memory):
                values.Rs1 = memory.Base.Number;
                return CheckRegister(memory.Base) & TryReadImmediate(text, memory.Offset, counter, ref values);
            case (OperandKind.Upper, ValueOperand value):
                return TryReadUpper(text, value.Value, counter, ref values);
            case (OperandKind.Target, ValueOperand target):
                return TryReadTarget(text, target.Value, counter, ref values);
            case (OperandKind.Table, ValueOperand { Value: NameExpression name }) when unit.TryFindTable(name.Name, out var table):
                values.Immediate = table;
                return true;
            case (OperandKind.Predecessor or OperandKind.Successor, ValueOperand set):
                return TryReadFence(text, kind, set.Value, counter, ref values);
            default:
                return TryReadImmediate(text, ((ValueOperand)operand).Value, counter, ref values);
        }
    }

    /// <summary>Complains about a register that the profile does not have.</summary>
    internal bool CheckRegister(RegisterOperand register)
    {
        if (Profile != Profile.Static || register.Number is not (3 or 4))
        {
            return true;
        }

        Diagnostics.Add(register.Position, $"The static profile forbids {register.Name}: x3 (gp) and x4 (tp) do not exist in it.");
        return false;
    }

    private bool TryReadImmediate(InstructionText text, Expression expression, long counter, ref OperandValues values)
    {
        if (!Evaluator.TryEvaluateNumber(expression, counter, out var number))
        {
            return false;
        }

        values.Immediate = unchecked((int)number);
        return CheckRange(text, expression.Position, number, OperandSyntax.Range(text.Row.Format));
    }

    private bool TryReadUpper(InstructionText text, Expression expression, long counter, ref OperandValues values)
    {
        if (!Evaluator.TryEvaluateNumber(expression, counter, out var number)
            || !CheckRange(text, expression.Position, number, new ImmediateRange(0, 0xF_FFFF, 1)))
        {
            return false;
        }

        values.Immediate = (int)number << 12;
        if (OperandSyntax.Range(text.Row.Format).Contains(values.Immediate))
        {
            return true;
        }

        Diagnostics.Add(expression.Position, $"{number} does not fit {text.Name}, which takes 1 to 31 and 0xfffe0 to 0xfffff.");
        return false;
    }

    /// <summary>Reads a displacement of an instruction that is not to grow.</summary>
    private bool TryReadTarget(InstructionText text, Expression expression, long counter, ref OperandValues values)
    {
        if (!Evaluator.TryEvaluateDisplacement(expression, counter, out var number))
        {
            return false;
        }

        values.Immediate = unchecked((int)number);
        return CheckRange(text, expression.Position, number, OperandSyntax.Range(text.Row.Format));
    }

    private bool TryReadFence(
        InstructionText text, OperandKind kind, Expression expression, long counter, ref OperandValues values)
    {
        if (text.Operands.Count == 1)
        {
            return TryReadImmediate(text, expression, counter, ref values);
        }

        if (expression is not NameExpression name || !FenceSet.TryParse(name.Name, out var set))
        {
            if (expression is not NumberExpression { Value: >= 0 and <= 15 } number)
            {
                Diagnostics.Add(expression.Position, "A fence takes letters of 'iorw' in this order, or 0 for none.");
                return false;
            }

            set = (int)number.Value;
        }

        values.Immediate |= kind == OperandKind.Predecessor ? set << 4 : set;
        return true;
    }

    private bool CheckRange(InstructionText text, SourcePosition position, long number, ImmediateRange range)
    {
        if (range.Contains(number))
        {
            return true;
        }

        Diagnostics.Add(position, $"{number} does not fit {text.Name}, which takes {range}.");
        return false;
    }

    /// <summary>
    /// Encodes the operands and reads back what the encoding says: registers that the format implies come out of
    /// that, and one that differs from what was written does not fit.
    /// </summary>
    private bool TryEncode(InstructionText text, OperandValues written, out Instruction instruction)
    {
        var row = text.Row;
        instruction = new Instruction(
            row.Opcode, row.Row, row.Length, (byte)written.Rd, (byte)written.Rs1, (byte)written.Rs2, written.Immediate);
        var bits = row.Match | (OperandPlacer.Place(row.Format, instruction) & ~row.Mask);
        var fields = OperandFields.Extract(row.Format, bits);
        instruction = instruction with { Rd = (byte)fields.Rd, Rs1 = (byte)fields.Rs1, Rs2 = (byte)fields.Rs2 };

        var syntax = OperandSyntax.Of(row);
        for (var i = 0; i < text.Operands.Count; i++)
        {
            var register = text.Operands[i] is MemoryOperand memory ? memory.Base : text.Operands[i] as RegisterOperand;
            var encoded = syntax[i] switch
            {
                OperandKind.Rd => instruction.Rd,
                OperandKind.Rs2 => instruction.Rs2,
                _ => instruction.Rs1,
            };
            if (register is not null && register.Number != encoded)
            {
                var choice = encoded == 2 ? "sp" : "s0, s1 and a0 to a5";
                Diagnostics.Add(register.Position, $"{text.Name} cannot name {register.Name} here; it takes {choice}.");
                return false;
            }
        }

        if (Encoder.TryEncode(instruction, out _))
        {
            return true;
        }

        Diagnostics.Add(text.Position, DescribeReserved(text));
        return false;
    }

    private static string DescribeReserved(InstructionText text) => text.Row.Constraint switch
    {
        OperandConstraint.NonZeroImmediate => $"{text.Name} needs an immediate other than 0.",
        OperandConstraint.NonZeroDestination => $"{text.Name} needs a destination other than zero (x0).",
        OperandConstraint.NonZeroSource => $"{text.Name} needs a source other than zero (x0).",
        _ => $"{text.Name} with these operands is the encoding of another instruction.",
    };

    /// <summary>Operands as they were written; those that were not are zero.</summary>
    private struct OperandValues
    {
        internal int Rd;
        internal int Rs1;
        internal int Rs2;
        internal int Immediate;
    }
}

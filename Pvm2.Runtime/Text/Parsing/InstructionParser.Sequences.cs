using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text.Layout;
using Pvm2.Runtime.Text.Syntax;

namespace Pvm2.Runtime.Text.Parsing;

/// <summary>The pseudo-instructions that may become several instructions.</summary>
internal sealed partial class InstructionParser
{
    private const int Zero = 0;
    private const int Ra = 1;
    private const int T1 = 6;

    /// <summary>Adds a sequence, if the statement is one.</summary>
    private bool TryAddSequence(Token mnemonic, IReadOnlyList<Operand> operands)
    {
        switch (mnemonic.Text, operands)
        {
            case ("li", [RegisterOperand rd, ValueOperand value]):
                AddConstant(mnemonic, rd, value.Value, ConstantKind.Number);
                return true;
            case ("la" or "lla", [RegisterOperand rd, _]) when IsLabel(operands[1], out var address):
                AddAddress(mnemonic, rd, address);
                return true;
            case ("call", [_]) when IsLabel(operands[0], out var callee):
                AddCall(mnemonic, Ra, Ra, callee);
                return true;
            case ("call", [RegisterOperand link, _]) when IsLabel(operands[1], out var callee):
                AddCall(mnemonic, link.Number, link.Number, callee);
                return true;
            case ("tail", [_]) when IsLabel(operands[0], out var callee):
                AddTail(mnemonic, T1, callee);
                return true;
            case ("jump", [_, RegisterOperand scratch]) when IsLabel(operands[0], out var callee):
                AddTail(mnemonic, scratch.Number, callee);
                return true;
            default:
                return TryAddGlobalAccess(mnemonic, operands);
        }
    }

    private static bool IsLabel(Operand operand, out Expression label)
    {
        label = operand switch
        {
            ValueOperand value => value.Value,
            _ => new NameExpression(operand.Position, (operand as RegisterOperand)?.Name ?? string.Empty),
        };
        return operand is not MemoryOperand;
    }

    private void AddConstant(Token mnemonic, RegisterOperand rd, Expression value, ConstantKind kind)
    {
        if (CheckRegister(rd))
        {
            unit.Code.Items.Add(new LoadConstantItem(mnemonic.Position, rd.Number, value, MayCompress, kind));
        }
    }

    private void AddAddress(Token mnemonic, RegisterOperand rd, Expression address)
    {
        if (unit.Profile == Profile.Static)
        {
            AddConstant(mnemonic, rd, address, ConstantKind.Address);
        }
        else
        {
            var second = Encoder.Make(Opcode.Addi, rd.Number, rd.Number);
            unit.Code.Items.Add(new AddressPairItem(mnemonic.Position, second, rd.Number, address));
        }
    }

    private void AddCall(Token mnemonic, int link, int scratch, Expression callee)
    {
        if (unit.Profile == Profile.Static)
        {
            Diagnostics.Add(mnemonic.Position, ProfileAdvice.StaticCall(mnemonic.Text));
        }
        else
        {
            var second = Encoder.Make(Opcode.Jalr, link, scratch);
            unit.Code.Items.Add(new AddressPairItem(mnemonic.Position, second, scratch, callee));
        }
    }

    /// <summary>A jump that leaves no return address; in the static profile <c>jal</c> reaches all that it can.</summary>
    private void AddTail(Token mnemonic, int scratch, Expression callee)
    {
        if (unit.Profile == Profile.Static)
        {
            var text = new InstructionText(mnemonic.Position, mnemonic.Text, InstructionTable.Describe(Opcode.Jal), [], MayCompress);
            unit.Code.Items.Add(new BranchItem(Encoder.Make(Opcode.Jal), text, callee));
        }
        else
        {
            AddCall(mnemonic, Zero, scratch, callee);
        }
    }

    /// <summary>A load <c>lw rd, label</c> or a store <c>sw rs, label, scratch</c>.</summary>
    private bool TryAddGlobalAccess(Token mnemonic, IReadOnlyList<Operand> operands)
    {
        if (!Mnemonics.TryFind(mnemonic.Text, out var row) || row.IsCompressed)
        {
            return false;
        }

        switch (row.Family, operands)
        {
            case (InstructionFamily.Load, [RegisterOperand rd, ValueOperand label]):
                AddPair(Encoder.Make(row.Opcode, rd.Number, rd.Number), rd, label.Value);
                return CheckRegister(rd);
            case (InstructionFamily.Store, [RegisterOperand source, ValueOperand label, RegisterOperand scratch]):
                AddPair(Encoder.Make(row.Opcode, 0, scratch.Number, source.Number), scratch, label.Value);
                return CheckRegister(source) & CheckRegister(scratch);
            default:
                return false;
        }

        void AddPair(Instruction second, RegisterOperand scratch, Expression label) =>
            unit.Code.Items.Add(new AddressPairItem(mnemonic.Position, second, scratch.Number, label));
    }

    private bool CheckRegister(RegisterOperand register) => builder.CheckRegister(register);
}

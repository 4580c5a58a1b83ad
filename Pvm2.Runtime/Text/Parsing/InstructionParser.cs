using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text.Layout;
using Pvm2.Runtime.Text.Syntax;

namespace Pvm2.Runtime.Text.Parsing;

/// <summary>Turns a mnemonic and its operands into items of code.</summary>
internal sealed partial class InstructionParser(AssemblyUnit unit, InstructionBuilder builder)
{
    /// <summary>Whether instructions may take their 2-byte form: <c>.option rvc</c>.</summary>
    internal bool MayCompress { get; set; }

    private DiagnosticBag Diagnostics => unit.Diagnostics;

    /// <summary>Adds what a statement stands for to the code, or complains.</summary>
    internal void Add(Token mnemonic, IReadOnlyList<Operand> operands)
    {
        if (TryAddSequence(mnemonic, operands))
        {
            return;
        }

        var isRow = Mnemonics.TryFind(mnemonic.Text, out var row);
        if (isRow && Matches(row!, operands))
        {
            AddRow(mnemonic, row!, operands);
            return;
        }

        var candidates = PseudoInstructionTable.Named(mnemonic.Text).ToList();
        var pseudo = candidates.Find(candidate => Matches(candidate, operands));
        if (pseudo is not null)
        {
            AddRow(mnemonic, pseudo.Row, Instantiate(pseudo, operands, mnemonic.Position));
        }
        else if (isRow || candidates.Count != 0)
        {
            var forms = candidates.Select(candidate => candidate.Syntax);
            forms = isRow ? forms.Prepend(OperandSyntax.Describe(row!)) : forms;
            Diagnostics.Add(mnemonic.Position, $"These operands do not suit {mnemonic.Text}. It is written: {string.Join("; ", forms)}.");
        }
        else
        {
            Diagnostics.Add(mnemonic.Position, $"'{mnemonic.Text}' is no instruction of PVM2.");
        }
    }

    private void AddRow(Token mnemonic, InstructionDescriptor row, IReadOnlyList<Operand> operands)
    {
        var syntax = OperandSyntax.Of(row);
        var named = new List<Operand>(operands.Count);
        for (var i = 0; i < operands.Count; i++)
        {
            // A register's name is a label where one is expected.
            named.Add(syntax.Length > i && syntax[i] is OperandKind.Target or OperandKind.Table && operands[i] is RegisterOperand register
                ? new ValueOperand(register.Position, new NameExpression(register.Position, register.Name))
                : operands[i]);
        }

        var text = new InstructionText(mnemonic.Position, mnemonic.Text, row, named, MayCompress && !row.IsCompressed);
        if (syntax.Length != 0 && syntax[^1] == OperandKind.Target && row.IsLegalIn(unit.Profile))
        {
            AddBranch(text, ((ValueOperand)named[^1]).Value);
        }
        else
        {
            unit.Code.Items.Add(new InstructionItem(text));
        }
    }

    private void AddBranch(InstructionText text, Expression target)
    {
        // The displacement is left to the layout; the registers are checked here.
        var registers = text with
        {
            Operands = [.. text.Operands.SkipLast(1), new ValueOperand(text.Position, new NumberExpression(text.Position, 0))],
        };
        if (builder.TryBuild(registers, 0, out var instruction))
        {
            var expanded = instruction with { Row = (byte)instruction.Opcode, Length = 4 };
            unit.Code.Items.Add(new BranchItem(expanded, text, target));
        }
    }

    private static bool Matches(InstructionDescriptor row, IReadOnlyList<Operand> operands)
    {
        var syntax = OperandSyntax.Of(row);
        if (row.Opcode == Opcode.Fence && operands.Count == 1)
        {
            return operands[0] is ValueOperand { Value: NumberExpression };
        }

        if (operands.Count != syntax.Length)
        {
            return operands.Count == 0 && syntax is [OperandKind.OptionalImmediate];
        }

        for (var i = 0; i < syntax.Length; i++)
        {
            if (!Matches(syntax[i], operands[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Matches(OperandKind kind, Operand operand) => kind switch
    {
        OperandKind.Rd or OperandKind.Rs1 or OperandKind.Rs2 => operand is RegisterOperand,
        OperandKind.Memory => operand is MemoryOperand,
        OperandKind.Target or OperandKind.Table => operand is not MemoryOperand,
        _ => operand is ValueOperand,
    };

    private static bool Matches(PseudoInstruction pseudo, IReadOnlyList<Operand> operands) =>
        operands.Count == pseudo.Parameters.Count
        && pseudo.Parameters.Zip(operands).All(pair => pair.First switch
        {
            { Kind: TemplateKind.Memory } => pair.Second is MemoryOperand,
            { IsRegister: true } => pair.Second is RegisterOperand,
            { Text: "target" } => pair.Second is not MemoryOperand,
            _ => pair.Second is ValueOperand,
        });

    /// <summary>The operands of a pseudo-instruction's expansion.</summary>
    private static List<Operand> Instantiate(PseudoInstruction pseudo, IReadOnlyList<Operand> arguments, SourcePosition position)
    {
        var bindings = new Dictionary<string, Operand>(StringComparer.Ordinal);
        foreach (var (parameter, argument) in pseudo.Parameters.Zip(arguments))
        {
            if (argument is MemoryOperand memory)
            {
                bindings[parameter.Parts[0].Text] = new ValueOperand(memory.Position, memory.Offset);
                bindings[parameter.Parts[1].Text] = memory.Base;
            }
            else
            {
                bindings[parameter.Text] = argument;
            }
        }

        return [.. pseudo.Operands.Select(template => Instantiate(template, bindings, position))];
    }

    private static Operand Instantiate(TemplateOperand template, Dictionary<string, Operand> bindings, SourcePosition position)
    {
        switch (template.Kind)
        {
            case TemplateKind.Parameter:
                return bindings[template.Text];
            case TemplateKind.Register:
                return new RegisterOperand(position, template.Value, template.Text);
            case TemplateKind.Number:
                return new ValueOperand(position, new NumberExpression(position, template.Value));
            case TemplateKind.Word:
                return new ValueOperand(position, new NameExpression(position, template.Text));
            default:
                var offset = (ValueOperand)Instantiate(template.Parts[0], bindings, position);
                var register = (RegisterOperand)Instantiate(template.Parts[1], bindings, position);
                return new MemoryOperand(offset.Position, offset.Value, register);
        }
    }
}

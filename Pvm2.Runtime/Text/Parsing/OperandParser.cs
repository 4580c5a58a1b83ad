using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Text.Parsing;

/// <summary>Parses the operands of an instruction by their shape alone; what each means is seen later.</summary>
internal sealed class OperandParser(TokenReader reader, ExpressionParser expressions, DiagnosticBag diagnostics)
{
    /// <summary>Parses what is left of the statement.</summary>
    internal bool TryParseAll(out List<Operand> operands)
    {
        operands = [];
        if (reader.AtEnd)
        {
            return true;
        }

        do
        {
            if (!TryParse(out var operand))
            {
                return false;
            }

            operands.Add(operand);
        }
        while (reader.TryTake(","));

        return ExpectEnd();
    }

    /// <summary>Complains if the statement goes on.</summary>
    internal bool ExpectEnd()
    {
        if (reader.AtEnd)
        {
            return true;
        }

        diagnostics.Add(reader.Position, $"Expected the end of the line or a comma, found '{reader.Current.Text}'.");
        return false;
    }

    private bool TryParse([NotNullWhen(true)] out Operand? operand)
    {
        operand = null;
        var position = reader.Position;
        if (reader.Current.Is("(") && reader.Next.Kind == TokenKind.Identifier && IsRegister(reader.Next.Text))
        {
            return TryParseBase(position, new NumberExpression(position, 0), out operand);
        }

        if (reader.Current.Kind == TokenKind.Identifier && IsRegister(reader.Current.Text))
        {
            var parsed = TryParseRegister(out var register);
            operand = register;
            return parsed;
        }

        if (!expressions.TryParse(out var value))
        {
            return false;
        }

        if (reader.Current.Is("("))
        {
            return TryParseBase(position, value, out operand);
        }

        operand = new ValueOperand(position, value);
        return true;
    }

    private bool TryParseBase(SourcePosition position, Expression offset, [NotNullWhen(true)] out Operand? operand)
    {
        operand = null;
        reader.Take();
        if (reader.Current.Kind != TokenKind.Identifier || !IsRegister(reader.Current.Text))
        {
            diagnostics.Add(reader.Position, $"Expected a base register, found '{reader.Current.Text}'.");
            return false;
        }

        if (!TryParseRegister(out var register))
        {
            return false;
        }

        if (!reader.TryTake(")"))
        {
            diagnostics.Add(reader.Position, "The base register needs a closing parenthesis.");
            return false;
        }

        operand = new MemoryOperand(position, offset, register);
        return true;
    }

    private bool TryParseRegister([NotNullWhen(true)] out RegisterOperand? register)
    {
        var token = reader.Take();
        if (RegisterNames.TryParse(token.Text, out var number))
        {
            register = new RegisterOperand(token.Position, number, token.Text);
            return true;
        }

        diagnostics.Add(token.Position, $"The register {token.Text} does not exist: RV64E has x0 to x15.");
        register = null;
        return false;
    }

    /// <summary>Whether a name is that of a register of RV64I, of which RV64E has half.</summary>
    internal static bool IsRegister(string name) => RegisterNames.TryParse(name, out _) || IsBeyondE(name);

    /// <summary>Whether RV64I has a register of the name that RV64E lacks: x16 to x31.</summary>
    private static bool IsBeyondE(string name) => name switch
    {
        "a6" or "a7" or "t3" or "t4" or "t5" or "t6" or "s10" or "s11" => true,
        ['s', >= '2' and <= '9'] => true,
        ['x', '1', >= '6' and <= '9'] or ['x', '2', >= '0' and <= '9'] or ['x', '3', '0' or '1'] => true,
        _ => false,
    };
}

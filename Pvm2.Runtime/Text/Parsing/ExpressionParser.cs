using System.Diagnostics.CodeAnalysis;

namespace Pvm2.Runtime.Text.Parsing;

/// <summary>
/// Parses expressions. Operators bind as in the GNU assembler: <c>* / % &lt;&lt; &gt;&gt;</c> before
/// <c>&amp; | ^</c> before <c>+ -</c>.
/// </summary>
internal sealed class ExpressionParser(TokenReader reader, SymbolTable symbols, Func<Symbol> here, DiagnosticBag diagnostics)
{
    /// <summary>Parentheses and unary operators may nest so deep; it bounds the parser's and evaluator's stack.</summary>
    private const int MaxDepth = 100;

    /// <summary>Operators in one expression; a chain of them is as deep as it is long when it is evaluated.</summary>
    private const int MaxOperators = 1000;

    private int _depth;
    private int _operators;

    /// <summary>Parses an expression, or complains about the first thing in it that is wrong.</summary>
    internal bool TryParse([NotNullWhen(true)] out Expression? expression)
    {
        _depth = 0;
        _operators = 0;
        return TryParseSum(out expression);
    }

    private static bool IsSum(Token token) => token.Is("+") || token.Is("-");

    private static bool IsBitwise(Token token) => token.Is("&") || token.Is("|") || token.Is("^");

    private static bool IsProduct(Token token) =>
        token.Is("*") || token.Is("/") || token.Is("%") || token.Is("<<") || token.Is(">>");

    private bool TryParseSum([NotNullWhen(true)] out Expression? expression) =>
        TryParseChain(IsSum, TryParseBitwise, out expression);

    private bool TryParseBitwise([NotNullWhen(true)] out Expression? expression) =>
        TryParseChain(IsBitwise, TryParseProduct, out expression);

    private bool TryParseProduct([NotNullWhen(true)] out Expression? expression) =>
        TryParseChain(IsProduct, TryParseUnary, out expression);

    private delegate bool Level([NotNullWhen(true)] out Expression? expression);

    private bool TryParseChain(Func<Token, bool> isOperator, Level next, [NotNullWhen(true)] out Expression? expression)
    {
        if (!next(out expression))
        {
            return false;
        }

        while (isOperator(reader.Current))
        {
            var sign = reader.Take();
            if (++_operators > MaxOperators)
            {
                return Fail(sign.Position, "The expression has too many operators.", out expression);
            }

            if (!next(out var right))
            {
                expression = null;
                return false;
            }

            expression = new BinaryExpression(sign.Position, sign.Text, expression, right);
        }

        return true;
    }

    private bool TryParseUnary([NotNullWhen(true)] out Expression? expression)
    {
        var position = reader.Position;
        if (++_depth > MaxDepth)
        {
            return Fail(position, "The expression is nested too deeply.", out expression);
        }

        bool parsed;
        if (reader.Current.Is("-") || reader.Current.Is("~") || reader.Current.Is("+"))
        {
            var sign = reader.Take();
            parsed = TryParseUnary(out var operand);
            expression = parsed ? new UnaryExpression(position, sign.Text, operand!) : null;
        }
        else
        {
            parsed = TryParsePrimary(out expression);
        }

        _depth--;
        return parsed && expression is not null;
    }

    private bool TryParsePrimary([NotNullWhen(true)] out Expression? expression)
    {
        var token = reader.Take();
        switch (token.Kind)
        {
            case TokenKind.Number:
                expression = new NumberExpression(token.Position, (long)token.Number);
                return true;
            case TokenKind.LocalReference:
                expression = new PlaceExpression(token.Position, symbols.ResolveLocal(token.Text, token.Position));
                return true;
            case TokenKind.Identifier when token.Text == ".":
                expression = new PlaceExpression(token.Position, here());
                return true;
            case TokenKind.Identifier:
                expression = new NameExpression(token.Position, token.Text);
                return true;
            case TokenKind.String:
                expression = new NameExpression(token.Position, ByteString.Decode(token.Text));
                return true;
            case TokenKind.Punctuation when token.Text == "(":
                return TryParseSum(out expression) && TryClose(ref expression);
            case TokenKind.Punctuation when token.Text == "%" && reader.Current.Kind == TokenKind.Identifier:
                return TryParseAddressPart(token.Position, out expression);
            default:
                return Fail(token.Position, token.Kind == TokenKind.End
                    ? "An operand is missing at the end of the line."
                    : $"Expected a number or a symbol, found '{token.Text}'.", out expression);
        }
    }

    private bool TryParseAddressPart(SourcePosition position, [NotNullWhen(true)] out Expression? expression)
    {
        var function = reader.Take();
        if (function.Text is not ("hi" or "lo" or "pcrel_hi" or "pcrel_lo"))
        {
            return Fail(position, $"%{function.Text} is unknown; there are %hi, %lo, %pcrel_hi and %pcrel_lo.", out expression);
        }

        if (!reader.TryTake("("))
        {
            return Fail(reader.Position, $"%{function.Text} needs its operand in parentheses.", out expression);
        }

        expression = TryParseSum(out var operand) ? new AddressPartExpression(position, function.Text, operand) : null;
        return expression is not null && TryClose(ref expression);
    }

    private bool TryClose([NotNullWhen(true)] ref Expression? expression) =>
        reader.TryTake(")") || Fail(reader.Position, "A closing parenthesis is missing.", out expression);

    private bool Fail(SourcePosition position, string message, out Expression? expression)
    {
        diagnostics.Add(position, message);
        expression = null;
        return false;
    }
}

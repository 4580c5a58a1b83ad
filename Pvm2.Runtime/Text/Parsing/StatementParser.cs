using Pvm2.Runtime.Text.Layout;

namespace Pvm2.Runtime.Text.Parsing;

/// <summary>Reads a source statement by statement into an <see cref="AssemblyUnit"/>.</summary>
internal sealed partial class StatementParser
{
    private readonly AssemblyUnit _unit;
    private readonly TokenReader _reader = new();
    private readonly ExpressionParser _expressions;
    private readonly OperandParser _operands;
    private readonly InstructionParser _instructions;
    private readonly Dictionary<string, Action<Token>> _directives;
    private readonly Stack<bool> _savedOptions = new();
    private SectionKind _section = SectionKind.Text;

    internal StatementParser(AssemblyUnit unit, InstructionBuilder builder, bool mayCompress)
    {
        _unit = unit;
        _expressions = new ExpressionParser(_reader, unit.Symbols, Here, unit.Diagnostics);
        _operands = new OperandParser(_reader, _expressions, unit.Diagnostics);
        _instructions = new InstructionParser(unit, builder) { MayCompress = mayCompress };
        _directives = BuildDirectives();
    }

    private DiagnosticBag Diagnostics => _unit.Diagnostics;

    /// <summary>Reads the whole source.</summary>
    internal void Parse(string source)
    {
        var lexer = new Lexer(source, Diagnostics);
        while (lexer.TryReadStatement(_reader.Tokens))
        {
            _reader.Rewind();
            ParseStatement();
        }
    }

    private void ParseStatement()
    {
        while (TryParseLabel())
        {
        }

        if (_reader.AtEnd)
        {
            return;
        }

        var first = _reader.Take();
        if (first.Kind == TokenKind.Identifier && _reader.TryTake("="))
        {
            DefineConstant(first.Text, first.Position);
        }
        else if (first.Kind != TokenKind.Identifier)
        {
            Diagnostics.Add(first.Position, $"A statement begins with a label, an instruction or a directive, not with '{first.Text}'.");
        }
        else if (first.Text[0] == '.')
        {
            ParseDirective(first);
        }
        else if (_section != SectionKind.Text)
        {
            Diagnostics.Add(first.Position, "Instructions belong into .text.");
        }
        else if (_operands.TryParseAll(out var operands))
        {
            _instructions.Add(first, operands);
        }
    }

    private bool TryParseLabel()
    {
        if (!_reader.Next.Is(":"))
        {
            return false;
        }

        var token = _reader.Current;
        switch (token.Kind)
        {
            case TokenKind.Identifier:
                DefineHere(_unit.Symbols.Declare(token.Text, token.Position), token.Position);
                break;
            case TokenKind.String:
                DefineHere(_unit.Symbols.Declare(ByteString.Decode(token.Text), token.Position), token.Position);
                break;
            case TokenKind.Number when token.Text.All(char.IsAsciiDigit):
                DefineHere(_unit.Symbols.DeclareLocal(token.Text), token.Position);
                break;
            default:
                return false;
        }

        _reader.Take();
        _reader.Take();
        return true;
    }

    private void DefineHere(Symbol symbol, SourcePosition position)
    {
        var place = _section == SectionKind.Text ? _unit.Code.Items.Count : _unit.Data[_section].Size;
        symbol.DefineLabel(_section, place, position);
    }

    /// <summary>What <c>.</c> stands for.</summary>
    private Symbol Here()
    {
        var symbol = new Symbol(".");
        DefineHere(symbol, _reader.Position);
        return symbol;
    }

    private void DefineConstant(string name, SourcePosition position)
    {
        if (_expressions.TryParse(out var value) && _operands.ExpectEnd())
        {
            _unit.Symbols.Declare(name, position).DefineConstant(value, position);
        }
    }

    private void ParseDirective(Token directive)
    {
        if (_directives.TryGetValue(directive.Text, out var handler))
        {
            handler(directive);
        }
        else
        {
            Diagnostics.Add(directive.Position, $"The directive {directive.Text} is unknown.");
        }
    }
}

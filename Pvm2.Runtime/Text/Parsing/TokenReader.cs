namespace Pvm2.Runtime.Text.Parsing;

/// <summary>Walks over the tokens of one statement.</summary>
internal sealed class TokenReader
{
    private readonly List<Token> _tokens = [];
    private int _index;

    /// <summary>The list that the lexer fills; <see cref="Rewind"/> goes to its start.</summary>
    internal List<Token> Tokens => _tokens;

    internal Token Current => _tokens[_index];

    internal Token Next => _tokens[Math.Min(_index + 1, _tokens.Count - 1)];

    internal bool AtEnd => Current.Kind == TokenKind.End;

    internal SourcePosition Position => Current.Position;

    internal void Rewind() => _index = 0;

    internal Token Take()
    {
        var token = Current;
        if (!AtEnd)
        {
            _index++;
        }

        return token;
    }

    internal bool TryTake(string punctuation)
    {
        var found = Current.Is(punctuation);
        if (found)
        {
            _index++;
        }

        return found;
    }

    internal void SkipStatement() => _index = _tokens.Count - 1;
}

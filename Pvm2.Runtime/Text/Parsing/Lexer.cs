namespace Pvm2.Runtime.Text.Parsing;

/// <summary>
/// Splits a source into statements and these into tokens. A statement ends at the end of its line or at a
/// semicolon; comments are <c>#</c> and <c>//</c> up to the line's end, and <c>/* */</c>.
/// </summary>
internal sealed partial class Lexer(string source, DiagnosticBag diagnostics)
{
    private int _index;
    private int _line = 1;
    private int _lineStart;

    private char Current => Peek(0);

    private SourcePosition Position => new(_line, _index - _lineStart + 1);

    /// <summary>Reads the tokens of the next statement; the last one is <see cref="TokenKind.End"/>.</summary>
    /// <returns>Whether there was one more.</returns>
    internal bool TryReadStatement(List<Token> tokens)
    {
        tokens.Clear();
        while (true)
        {
            SkipBlanks();
            var position = Position;
            if (_index >= source.Length)
            {
                tokens.Add(new Token(TokenKind.End, string.Empty, 0, position));
                return tokens.Count > 1;
            }

            if (Current is '\n' or ';')
            {
                Advance();
                tokens.Add(new Token(TokenKind.End, string.Empty, 0, position));
                return true;
            }

            ReadToken(tokens, position);
        }
    }

    internal static bool IsIdentifierStart(char c) => char.IsAsciiLetter(c) || c is '_' or '.' or '$';

    internal static bool IsIdentifierPart(char c) => IsIdentifierStart(c) || char.IsAsciiDigit(c);

    private char Peek(int distance) => _index + distance < source.Length ? source[_index + distance] : '\0';

    private void Advance()
    {
        if (source[_index++] == '\n')
        {
            _line++;
            _lineStart = _index;
        }
    }

    private void SkipBlanks()
    {
        while (_index < source.Length)
        {
            if (Current is ' ' or '\t' or '\r' or '\f' or '\v')
            {
                _index++;
            }
            else if (Current == '#' || (Current == '/' && Peek(1) == '/'))
            {
                SkipLine();
            }
            else if (Current == '/' && Peek(1) == '*')
            {
                SkipBlockComment();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipLine()
    {
        while (_index < source.Length && Current != '\n')
        {
            _index++;
        }
    }

    private void SkipBlockComment()
    {
        var start = Position;
        _index += 2;
        while (_index < source.Length)
        {
            if (Current == '*' && Peek(1) == '/')
            {
                _index += 2;
                return;
            }

            Advance();
        }

        diagnostics.Add(start, "The comment that starts here has no end.");
    }

    private void ReadToken(List<Token> tokens, SourcePosition position)
    {
        if (IsIdentifierStart(Current))
        {
            var start = _index;
            while (IsIdentifierPart(Current))
            {
                _index++;
            }

            tokens.Add(new Token(TokenKind.Identifier, source[start.._index], 0, position));
        }
        else if (char.IsAsciiDigit(Current))
        {
            tokens.Add(ReadNumber(position));
        }
        else if (Current == '"')
        {
            tokens.Add(new Token(TokenKind.String, ReadString(position), 0, position));
        }
        else if (Current == '\'')
        {
            tokens.Add(ReadCharacter(position));
        }
        else
        {
            ReadPunctuation(tokens, position);
        }
    }

    private void ReadPunctuation(List<Token> tokens, SourcePosition position)
    {
        var length = (Current is '<' or '>') && Peek(1) == Current ? 2 : 1;
        var text = source.Substring(_index, length);
        _index += length;
        if ("(),:+-*/%&|^~=".Contains(text, StringComparison.Ordinal) || length == 2)
        {
            tokens.Add(new Token(TokenKind.Punctuation, text, 0, position));
        }
        else
        {
            diagnostics.Add(position, $"The character '{text}' has no meaning here.");
        }
    }
}

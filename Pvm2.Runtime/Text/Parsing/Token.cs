namespace Pvm2.Runtime.Text.Parsing;

/// <summary>A word of an assembly source.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">An identifier's name, a string's contents, or a punctuation mark as it stands.</param>
/// <param name="Number">The value of a number or character constant.</param>
/// <param name="Position">Where it starts.</param>
internal readonly record struct Token(TokenKind Kind, string Text, ulong Number, SourcePosition Position)
{
    internal bool Is(string punctuation) => Kind == TokenKind.Punctuation && Text == punctuation;
}

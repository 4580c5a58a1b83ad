namespace Pvm2.Runtime.Text.Parsing;

/// <summary>What a <see cref="Token"/> is.</summary>
internal enum TokenKind : byte
{
    /// <summary>The end of a statement: a line's end or a semicolon.</summary>
    End,

    /// <summary>A name, mnemonic, register or directive.</summary>
    Identifier,

    /// <summary>A number or a character constant.</summary>
    Number,

    /// <summary>A reference to a numeric local label, such as <c>1f</c>.</summary>
    LocalReference,

    /// <summary>Text in double quotes, its escapes resolved.</summary>
    String,

    /// <summary>An operator or separator.</summary>
    Punctuation,
}

namespace Pvm2.Runtime.Text.Parsing;

/// <summary>What a <see cref="Symbol"/> stands for.</summary>
internal enum SymbolKind : byte
{
    /// <summary>Nothing yet: it has only been mentioned.</summary>
    Undefined,

    /// <summary>A place in a section.</summary>
    Label,

    /// <summary>A value.</summary>
    Constant,
}

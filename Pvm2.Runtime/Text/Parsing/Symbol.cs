namespace Pvm2.Runtime.Text.Parsing;

/// <summary>A name or an unnamed place of a source: a label, or a constant.</summary>
internal sealed class Symbol(string name)
{
    internal string Name { get; } = name;

    internal SymbolKind Kind { get; private set; }

    /// <summary>For a label: the section that it is in.</summary>
    internal SectionKind Section { get; private set; }

    /// <summary>For a label in code: the number of the item after it; in data: its offset in the section.</summary>
    internal long Place { get; private set; }

    /// <summary>For a constant: its value.</summary>
    internal Expression? Definition { get; private set; }

    internal SourcePosition DefinedAt { get; private set; }

    /// <summary>Set while the constant is evaluated, to notice one that is defined by itself.</summary>
    internal bool IsBusy { get; set; }

    internal void DefineLabel(SectionKind section, long place, SourcePosition position)
    {
        (Kind, Section, Place, DefinedAt) = (SymbolKind.Label, section, place, position);
    }

    internal void DefineConstant(Expression definition, SourcePosition position)
    {
        (Kind, Definition, DefinedAt) = (SymbolKind.Constant, definition, position);
    }
}

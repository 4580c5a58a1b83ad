using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>A jump table of the source.</summary>
internal sealed class TableDefinition(string name)
{
    internal string Name { get; } = name;

    internal List<Expression> Entries { get; } = [];
}

using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>A name for a place in code: an entry point or a symbol.</summary>
/// <param name="Name">The name.</param>
/// <param name="Place">The place, or its offset as a number.</param>
/// <param name="Position">Where it is written.</param>
internal sealed record NamedPlace(string Name, Expression Place, SourcePosition Position);

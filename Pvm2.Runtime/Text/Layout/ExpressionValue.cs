using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>What an expression comes to.</summary>
/// <param name="Number">
/// The value; relative to the start of <paramref name="Base"/> where there is one, and to the first program counter
/// for <see cref="SectionKind.Text"/>.
/// </param>
/// <param name="Base">The section whose place is not known yet, or whose places are no numbers; otherwise none.</param>
internal readonly record struct ExpressionValue(long Number, SectionKind? Base);

namespace Pvm2.Runtime.Text.Parsing;

/// <summary>
/// Collects what is wrong with a source. The same complaint about the same place counts once, so a pass may
/// evaluate an operand as often as it needs to.
/// </summary>
internal sealed class DiagnosticBag
{
    private readonly HashSet<AssemblyDiagnostic> _diagnostics = [];

    internal int Count => _diagnostics.Count;

    internal void Add(SourcePosition position, string message) =>
        _diagnostics.Add(new AssemblyDiagnostic(position.Line, position.Column, message));

    internal IReadOnlyList<AssemblyDiagnostic> InOrder() =>
        [.. _diagnostics.OrderBy(d => d.Line).ThenBy(d => d.Column).ThenBy(d => d.Message, StringComparer.Ordinal)];
}

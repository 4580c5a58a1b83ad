using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Pvm2.Runtime.Text.Parsing;

/// <summary>All names of a source, and the numeric local labels that may be defined again and again.</summary>
internal sealed class SymbolTable(DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, Symbol> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Symbol> _lastLocal = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Symbol> _nextLocal = new(StringComparer.Ordinal);

    /// <summary>The named symbols.</summary>
    internal IEnumerable<Symbol> Named => _named.Values;

    internal bool TryGet(string name, [NotNullWhen(true)] out Symbol? symbol) => _named.TryGetValue(name, out symbol);

    /// <summary>The symbol to define under a name; complains if it is defined already.</summary>
    internal Symbol Declare(string name, SourcePosition position)
    {
        var symbol = new Symbol(name);
        if (!_named.TryAdd(name, symbol))
        {
            diagnostics.Add(position, string.Create(
                CultureInfo.InvariantCulture, $"'{name}' is already defined in line {_named[name].DefinedAt.Line}."));
        }

        return symbol;
    }

    /// <summary>The symbol of a numeric local label that is being defined.</summary>
    internal Symbol DeclareLocal(string digits)
    {
        if (!_nextLocal.Remove(digits, out var symbol))
        {
            symbol = new Symbol(digits);
        }

        return _lastLocal[digits] = symbol;
    }

    /// <summary>The symbol of a reference such as <c>1f</c> or <c>1b</c>.</summary>
    internal Symbol ResolveLocal(string reference, SourcePosition position)
    {
        var digits = reference[..^1];
        if (reference[^1] == 'b')
        {
            if (_lastLocal.TryGetValue(digits, out var last))
            {
                return last;
            }

            diagnostics.Add(position, $"There is no label '{digits}:' before this.");
            var missing = new Symbol(reference);
            missing.DefineConstant(new NumberExpression(position, 0), position);
            return missing;
        }

        if (!_nextLocal.TryGetValue(digits, out var next))
        {
            _nextLocal[digits] = next = new Symbol(reference);
        }

        return next;
    }
}

using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>Lists the values of the names of a source.</summary>
internal static class SymbolValues
{
    /// <summary>The values of all named labels and constants of a unit without errors.</summary>
    internal static Dictionary<string, ulong> List(AssemblyUnit unit)
    {
        var values = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (var symbol in unit.Symbols.Named)
        {
            // A displacement from 0 is the value itself, whatever it is; constants that no one used may be wrong.
            var name = new NameExpression(symbol.DefinedAt, symbol.Name);
            if (unit.Evaluator.TryEvaluateDisplacement(name, 0, out var value))
            {
                values[symbol.Name] = (ulong)value;
            }
        }

        return values;
    }
}

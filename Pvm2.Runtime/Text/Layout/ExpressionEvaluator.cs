using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>
/// Evaluates expressions. How much it knows grows with the passes: constants while the source is read, addresses
/// of data once the regions are placed, places in code once that is laid out.
/// </summary>
internal sealed partial class ExpressionEvaluator(AssemblyUnit unit)
{
    /// <summary>Bounds the stack: expressions nest, and constants are defined by other constants.</summary>
    private const int MaxDepth = 1500;

    private int _depth;

    /// <summary>Where each data section starts, by <see cref="SectionKind"/>; none before the regions are placed.</summary>
    internal IReadOnlyDictionary<SectionKind, long> DataAddresses { get; set; } = new Dictionary<SectionKind, long>();

    private DiagnosticBag Diagnostics => unit.Diagnostics;

    /// <summary>Evaluates an expression that must be a number; an address counts as one.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="counter">The program counter of the instruction that it belongs to, for <c>%pcrel_hi</c>.</param>
    /// <param name="number">The number.</param>
    internal bool TryEvaluateNumber(Expression expression, long counter, out long number)
    {
        var known = TryEvaluate(expression, counter, out var value);
        number = value.Number;
        return known && IsNumber(expression.Position, value);
    }

    /// <summary>Evaluates the target of a branch: a place in code, or a number that is the displacement itself.</summary>
    internal bool TryEvaluateDisplacement(Expression expression, long counter, out long displacement)
    {
        var known = TryEvaluate(expression, counter, out var value);
        displacement = value.Base == SectionKind.Text ? value.Number - counter : value.Number;
        return known;
    }

    /// <summary>Evaluates an expression that must be a place in code.</summary>
    /// <returns>Whether it is; the offset is from the start of the code.</returns>
    internal bool TryEvaluateCodeOffset(Expression expression, out long offset)
    {
        var known = TryEvaluate(expression, 0, out var value);
        offset = value.Base == SectionKind.Text ? value.Number - unit.CodeBase : value.Number;
        return known;
    }

    /// <summary>Whether the value depends on where instructions lie, and so on how long others are.</summary>
    internal bool DependsOnCode(Expression expression)
    {
        if (++_depth > MaxDepth)
        {
            _depth--;
            return true;
        }

        var depends = expression switch
        {
            NameExpression name => unit.Symbols.TryGet(name.Name, out var symbol) && DependsOnCode(symbol),
            PlaceExpression place => DependsOnCode(place.Symbol),
            UnaryExpression unary => DependsOnCode(unary.Operand),
            BinaryExpression binary => DependsOnCode(binary.Left) || DependsOnCode(binary.Right),
            AddressPartExpression part =>
                part.Function.StartsWith("pcrel", StringComparison.Ordinal) || DependsOnCode(part.Operand),
            _ => false,
        };
        _depth--;
        return depends;
    }

    private bool DependsOnCode(Symbol symbol)
    {
        if (symbol.Kind != SymbolKind.Constant || symbol.IsBusy)
        {
            return symbol is { Kind: SymbolKind.Label, Section: SectionKind.Text };
        }

        symbol.IsBusy = true;
        var depends = DependsOnCode(symbol.Definition!);
        symbol.IsBusy = false;
        return depends;
    }

    private bool TryEvaluate(Expression expression, long counter, out ExpressionValue value)
    {
        if (++_depth > MaxDepth)
        {
            _depth--;
            return Fail(expression.Position, "The expression is nested too deeply.", out value);
        }

        bool known;
        switch (expression)
        {
            case NumberExpression number:
                value = new ExpressionValue(number.Value, null);
                known = true;
                break;
            case NameExpression name:
                known = unit.Symbols.TryGet(name.Name, out var symbol)
                    ? TryEvaluate(symbol, name.Position, counter, out value)
                    : TryEvaluatePredefined(name, out value);
                break;
            case PlaceExpression place:
                known = TryEvaluate(place.Symbol, place.Position, counter, out value);
                break;
            case UnaryExpression unary:
                known = TryEvaluateUnary(unary, counter, out value);
                break;
            case BinaryExpression binary:
                known = TryEvaluateBinary(binary, counter, out value);
                break;
            default:
                known = TryEvaluatePart((AddressPartExpression)expression, counter, out value);
                break;
        }

        _depth--;
        return known;
    }

    private bool TryEvaluatePredefined(NameExpression name, out ExpressionValue value)
    {
        if (unit.TryGetPredefined(name.Name, out var number))
        {
            value = new ExpressionValue(number, null);
            return true;
        }

        return Fail(name.Position, $"'{name.Name}' is not defined.", out value);
    }

    private bool TryEvaluate(Symbol symbol, SourcePosition position, long counter, out ExpressionValue value)
    {
        if (symbol.Kind == SymbolKind.Undefined)
        {
            return Fail(position, $"There is no label '{symbol.Name.TrimEnd('f', 'b')}:' after this.", out value);
        }

        if (symbol.Kind == SymbolKind.Label)
        {
            return TryEvaluateLabel(symbol, position, out value);
        }

        if (symbol.IsBusy)
        {
            return Fail(position, $"'{symbol.Name}' is defined by itself.", out value);
        }

        symbol.IsBusy = true;
        var known = TryEvaluate(symbol.Definition!, counter, out value);
        symbol.IsBusy = false;
        return known;
    }

    private bool TryEvaluateLabel(Symbol symbol, SourcePosition position, out ExpressionValue value)
    {
        if (symbol.Section != SectionKind.Text)
        {
            value = DataAddresses.TryGetValue(symbol.Section, out var address)
                ? new ExpressionValue(address + symbol.Place, null)
                : new ExpressionValue(symbol.Place, symbol.Section);
            return true;
        }

        if (!unit.Code.IsLaidOut)
        {
            return Fail(position, "This must be known before the code is laid out, so it cannot depend on a label in code.", out value);
        }

        value = new ExpressionValue(unit.CodeBase + unit.Code.OffsetOf(symbol.Place), SectionKind.Text);
        return true;
    }

    private bool IsNumber(SourcePosition position, ExpressionValue value)
    {
        switch (value.Base)
        {
            case null:
                return true;
            case SectionKind.Text when unit.Profile == Profile.Xjar:
                return true;
            case SectionKind.Text:
                Diagnostics.Add(position, "In the static profile a place in code has no address. Jump to it by its label, or "
                    + "put the label in a .table and use its handle 2*k+1, k its place in the table.");
                return false;
            default:
                Diagnostics.Add(position, "This must be known while the source is read, so it cannot depend on an address.");
                return false;
        }
    }

    private bool Fail(SourcePosition position, string message, out ExpressionValue value)
    {
        Diagnostics.Add(position, message);
        value = default;
        return false;
    }
}

using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>Operators and parts of addresses.</summary>
internal sealed partial class ExpressionEvaluator
{
    private bool TryEvaluateUnary(UnaryExpression unary, long counter, out ExpressionValue value)
    {
        if (!TryEvaluate(unary.Operand, counter, out value) || !IsNumber(unary.Position, value))
        {
            return false;
        }

        value = new ExpressionValue(
            unary.Operator switch
            {
                "-" => unchecked(-value.Number),
                "~" => ~value.Number,
                _ => value.Number,
            },
            null);
        return true;
    }

    private bool TryEvaluateBinary(BinaryExpression binary, long counter, out ExpressionValue value)
    {
        value = default;
        if (!TryEvaluate(binary.Left, counter, out var left) || !TryEvaluate(binary.Right, counter, out var right))
        {
            return false;
        }

        switch (binary.Operator)
        {
            case "+" when left.Base is null || right.Base is null:
                value = new ExpressionValue(unchecked(left.Number + right.Number), left.Base ?? right.Base);
                return true;
            case "-" when right.Base is null || right.Base == left.Base:
                value = new ExpressionValue(unchecked(left.Number - right.Number), right.Base is null ? left.Base : null);
                return true;
            case "/" or "%" when right.Number == 0:
                return Fail(binary.Position, "Division by zero.", out value);
            default:
                value = new ExpressionValue(Calculate(binary.Operator, left.Number, right.Number), null);
                return IsNumber(binary.Left.Position, left) && IsNumber(binary.Right.Position, right);
        }
    }

    private static long Calculate(string sign, long left, long right) => sign switch
    {
        "+" => unchecked(left + right),
        "-" => unchecked(left - right),
        "*" => unchecked(left * right),
        "/" => right == -1 ? unchecked(-left) : left / right,
        "%" => right == -1 ? 0 : left % right,
        "&" => left & right,
        "|" => left | right,
        "^" => left ^ right,
        "<<" => right is < 0 or > 63 ? 0 : left << (int)right,
        _ => right is < 0 or > 63 ? 0 : left >>> (int)right,
    };

    private bool TryEvaluatePart(AddressPartExpression part, long counter, out ExpressionValue value)
    {
        if (part.Function == "pcrel_lo")
        {
            return TryEvaluateRelativeLow(part, out value);
        }

        if (!TryEvaluate(part.Operand, counter, out value) || !IsNumber(part.Operand.Position, value))
        {
            return false;
        }

        value = new ExpressionValue(
            part.Function switch
            {
                "hi" => AddressParts.Upper(value.Number),
                "lo" => AddressParts.Lower(value.Number),
                _ => AddressParts.Upper(value.Number - counter),
            },
            null);
        return true;
    }

    /// <summary>
    /// <c>%pcrel_lo</c> names the auipc whose <c>%pcrel_hi</c> has the other part of the address.
    /// </summary>
    private bool TryEvaluateRelativeLow(AddressPartExpression part, out ExpressionValue value)
    {
        if (!TryEvaluate(part.Operand, 0, out value))
        {
            return false;
        }

        var counter = value.Number;
        if (value.Base != SectionKind.Text || !unit.Code.TryFindUpperPart(counter - unit.CodeBase, out var upper))
        {
            return Fail(part.Position, "%pcrel_lo takes the label of an auipc with %pcrel_hi.", out value);
        }

        if (!TryEvaluateNumber(upper.Operand, counter, out var target))
        {
            return false;
        }

        value = new ExpressionValue(AddressParts.Lower(target - counter), null);
        return true;
    }
}

namespace Pvm2.TestRunner;

/// <summary>How many tests ended how.</summary>
/// <param name="Passed">Without a failure.</param>
/// <param name="Failed">With one, or a failure outside any test, such as in a clean-up.</param>
/// <param name="Skipped">Not run, by their own word.</param>
internal readonly record struct Totals(int Passed, int Failed, int Skipped)
{
    /// <summary>Adds up.</summary>
    public static Totals operator +(Totals left, Totals right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <inheritdoc/>
    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";
}

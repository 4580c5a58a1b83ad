namespace Pvm2.ReaderFuzz;

/// <summary>What must hold.</summary>
internal static class Require
{
    /// <summary>Ends the process as a defect does if something does not hold.</summary>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    public static void That(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Broken: {what}.");
        }
    }
}

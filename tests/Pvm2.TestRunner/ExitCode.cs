namespace Pvm2.TestRunner;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    /// <summary>All tests passed, or there is nothing wrong with the host.</summary>
    public const int Passed = 0;

    /// <summary>A test failed, or what is left out has no test any more.</summary>
    public const int Failed = 1;

    /// <summary>No test has the name.</summary>
    public const int NothingRan = 2;

    /// <summary>Results could not be believed.</summary>
    public const int UnfitHost = 3;
}

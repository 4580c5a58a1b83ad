namespace Pvm2.Fuzz;

/// <summary>How the program ends.</summary>
internal static class ExitCode
{
    /// <summary>No difference was found.</summary>
    internal const int Agreement = 0;

    /// <summary>At least one was found.</summary>
    internal const int Difference = 1;

    /// <summary>The command line makes no sense.</summary>
    internal const int Usage = 2;
}

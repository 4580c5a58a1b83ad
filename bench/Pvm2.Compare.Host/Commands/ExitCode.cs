namespace Pvm2.Compare.Host.Commands;

/// <summary>How the program ends, in the manner of <c>sysexits.h</c>.</summary>
internal enum ExitCode
{
    /// <summary>All went well.</summary>
    Success = 0,

    /// <summary>The engine or its guest failed; the standard error says how.</summary>
    Failure = 1,

    /// <summary>The arguments mean nothing.</summary>
    Usage = 64,

    /// <summary>Nothing should be measured with this build.</summary>
    NotMeasurable = 70,
}

using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Execution;

/// <summary>A program broke a rule of its profile, or bytes were no program, where the caller asked for an exception.</summary>
public sealed class ProgramRejectedException : Exception
{
    /// <summary>Reports an error.</summary>
    public ProgramRejectedException(ProgramError error)
        : base(error?.ToString()) => Error = error ?? throw new ArgumentNullException(nameof(error));

    /// <summary>What is wrong with the program.</summary>
    public ProgramError Error { get; }
}

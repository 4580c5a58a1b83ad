using Pvm2.Runtime.Programs;

namespace Pvm2.TestKit.Generation;

/// <summary>A program that a seed names, and the registers that it starts with.</summary>
public interface IGuest
{
    /// <summary>The seed that makes it again.</summary>
    ulong Seed { get; }

    /// <summary>The program.</summary>
    GuestProgram Program { get; }

    /// <summary>How many instructions the code has.</summary>
    int Instructions { get; }

    /// <summary>x0 to x15 as a run starts.</summary>
    IReadOnlyList<ulong> Registers { get; }

    /// <summary>Whether every run with enough gas ends.</summary>
    bool AlwaysEnds { get; }

    /// <summary>Makes it as small as it can while it still shows what it shows.</summary>
    /// <param name="shows">Whether a guest shows it.</param>
    IGuest Shrink(Func<IGuest, bool> shows);
}

namespace Pvm2.Cli;

/// <summary>One error of several, with the place that it is about as far as one is known.</summary>
/// <param name="Message">The error in one line, its place included.</param>
internal sealed record FailureDetail(string Message)
{
    /// <summary>The part of the program or of the ELF.</summary>
    public string? Section { get; init; }

    /// <summary>Byte offset or index in that part.</summary>
    public long? Offset { get; init; }

    /// <summary>The offending bytes in hex.</summary>
    public string? Bytes { get; init; }

    /// <summary>The symbol that the error is in.</summary>
    public string? Symbol { get; init; }

    /// <summary>The instruction concerned.</summary>
    public string? Instruction { get; init; }

    /// <summary>Line of the source text, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>Column of the source text, from 1.</summary>
    public int? Column { get; init; }

    /// <summary>The reason without its place.</summary>
    public string? Reason { get; init; }

    /// <summary>What to change.</summary>
    public string? Advice { get; init; }
}

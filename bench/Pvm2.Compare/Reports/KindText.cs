using Pvm2.Compare.Results;

namespace Pvm2.Compare.Reports;

/// <summary>What the report says of a kind of figure.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Clock">What is inside the clock, and what is not.</param>
/// <param name="Unit">The unit of its tables.</param>
/// <param name="Nanoseconds">One of that unit.</param>
internal sealed record KindText(string Title, string Clock, string Unit, double Nanoseconds)
{
    private const double Microsecond = 1000;

    private const double Millisecond = 1_000_000;

    /// <summary>The text of a kind.</summary>
    public static KindText Of(Kind kind) => kind switch
    {
        Kind.Cold => new(
            "Cold",
            "Compile, instantiate and run once, from the program's bytes in memory, in a process that is warm. Nothing is taken from a cache. Freeing what was made is outside of the clock.",
            "µs",
            Microsecond),
        Kind.Compile => new(
            "Compile",
            "From the program's bytes in memory to code that can be entered: parsing, validation, compilation. Engines that put work off until a run look better here than they are; the cold figures have that work in them.",
            "µs",
            Microsecond),
        Kind.Steady => new(
            "Steady",
            "Another run in an instance that has run before, with its memory and its code warm.",
            "µs",
            Microsecond),
        Kind.Process => new(
            "Process",
            "From the start of a process to its end, with the result printed. The start of the engine's own runtime is in it, so this is about commands and not about compilers.",
            "ms",
            Millisecond),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}

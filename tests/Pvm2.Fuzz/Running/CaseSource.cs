using Pvm2.TestKit.Fuzzing;

namespace Pvm2.Fuzz.Running;

/// <summary>
/// The order of cases: those of the corpus, then as many with the same programs and other ways to run them, then fresh
/// ones for ever. Safe for use by several threads.
/// </summary>
/// <param name="options">What the run is to do.</param>
/// <param name="kept">The cases of the corpus.</param>
internal sealed class CaseSource(FuzzOptions options, IReadOnlyList<CaseName> kept)
{
    private readonly Lock _lock = new();
    private long _taken;

    /// <summary>The number of the next fresh case.</summary>
    internal ulong NextFresh => options.First + (ulong)Math.Max(0, _taken - (2 * kept.Count));

    /// <summary>Takes the next case.</summary>
    /// <param name="isKept">Whether it is of the corpus, or a variant of one.</param>
    internal CaseName Take(out bool isKept)
    {
        long number;
        lock (_lock)
        {
            number = _taken++;
        }

        isKept = number < 2 * kept.Count;
        if (number < kept.Count)
        {
            return kept[(int)number];
        }

        // A variant that depends on the seed of this run, so that another run tries another one.
        return isKept
            ? kept[(int)number - kept.Count] with { Variant = (uint)CaseName.Of(options.Seed, (ulong)number).Seed | 1 }
            : CaseName.Of(options.Seed, options.First + (ulong)(number - (2 * kept.Count)));
    }
}

using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Generation;

namespace Pvm2.TestKit.Fuzzing;

/// <summary>Makes the guest that a seed names: of any kind, size and profile.</summary>
public static class GuestFactory
{
    private const int LargestWithEscapes = 400;

    /// <summary>Makes the guest.</summary>
    public static IGuest Make(ulong seed)
    {
        var random = new Prng(~seed);
        var profile = random.Chance(1, 2) ? Profile.Static : Profile.Xjar;
        return random.Below(100) switch
        {
            < 35 => Flow(seed, random, profile, random.Between(4, 60)),
            < 55 => Flow(seed, random, profile, random.Between(60, 400)),
            < 63 => Flow(seed, random, profile, random.Between(400, 4000)),
            < 78 => Structured(seed, random, profile, 20, 400),
            < 83 => Structured(seed, random, profile, 400, 1000),
            _ => HostileGuest.Generate(seed, profile, profile == Profile.Xjar && random.Chance(1, 6) ? 800 : 120),
        };
    }

    private static RandomGuest Structured(ulong seed, Prng random, Profile profile, int min, int max)
    {
        var pairs = random.Chance(1, 4) ? 0 : 350;
        var marches = random.Chance(1, 4) ? 0 : 12;
        return RandomGuest.Generate(seed, profile, options => options with
        {
            MinInstructions = min,
            MaxInstructions = max,
            PairsPerThousand = pairs,
            MarchesPerThousand = marches,

            // Branches to the end do not reach across large programs.
            EscapesPerThousand = max > LargestWithEscapes ? 0 : options.EscapesPerThousand,
        });
    }

    private static FlowGuest Flow(ulong seed, Prng random, Profile profile, int blocks)
    {
        // Large ones are to be executed as far as can be, and each of their blocks costs time to compile.
        var isSmall = blocks < 400;
        return FlowGuest.Generate(seed, new FlowOptions
        {
            Profile = profile,
            Blocks = blocks,
            MaxSteps = random.Pick<int>(isSmall ? [0, 1, 3, 8, 8, 8, 30] : [0, 1, 1, 2, 3, 4]),
            LongBlocksPerThousand = random.Chance(1, 6) ? (isSmall ? 200 : 4) : 0,
            EdgesPerThousand = random.Chance(1, 2) ? 0 : random.Pick<int>([20, 100, 400]),
            FaultsPerThousandEdges = isSmall ? 25 : 0,
            EndsPerThousand = isSmall && random.Chance(1, 2) ? 8 : 0,
            WildAccessesPerThousand = isSmall && random.Chance(1, 5) ? 1 : 0,
            HostCallsPerThousand = random.Pick<int>([0, 10, 40]),
            IsUnbounded = isSmall && random.Chance(1, 6),
            SharesReturns = random.Chance(1, 2),
            HasWildTables = isSmall && random.Chance(1, 6),
            HeapPages = HeapPages(random),
            PairsPerThousand = random.Pick<int>([0, 200, 500]),
        });
    }

    /// <summary>Mostly few; at times so many that accesses cost more, which takes the run a while.</summary>
    private static int HeapPages(Prng random) => random.Below(1024) switch
    {
        0 => 8193,
        <= 4 => 2049,
        _ => 0,
    };
}

using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Lockstep;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Native.Tests.Differential;

/// <summary>
/// Random programs full of what the compiler treats specially, against the interpreter: exits, registers, memory and
/// gas, with and without metering, with gas for all of a run, for a part, and for a block at a time.
/// </summary>
public sealed class LockstepTests
{
    private const long FixedInstructions = 500_000;
    private const long HostileInstructions = 100_000;
    private const ulong FirstSeed = 7_000_000;

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Programs_do_what_they_do_in_the_interpreter(Profile profile)
    {
        var comparison = Compare(seed => Structured(seed, profile), FirstSeed, FixedInstructions);

        Assert.InRange(comparison.Executed, FixedInstructions, long.MaxValue);
        Assert.InRange(comparison.Pauses, FixedInstructions / 10, long.MaxValue);
        Assert.InRange(comparison.Ends[ExitReason.Panic], 100, int.MaxValue);
        Assert.InRange(comparison.Ends[ExitReason.PageFault], 100, int.MaxValue);
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Hostile_programs_do_what_they_do_in_the_interpreter(Profile profile)
    {
        var comparison = Compare(seed => HostileGuest.Generate(seed, profile), FirstSeed, HostileInstructions);

        Assert.InRange(comparison.Executed, HostileInstructions, long.MaxValue);
        Assert.InRange(comparison.Ends[ExitReason.Panic], 20, int.MaxValue);
        Assert.InRange(comparison.Ends[ExitReason.PageFault], 100, int.MaxValue);
        Assert.InRange(comparison.Ends[ExitReason.OutOfGas], 20, int.MaxValue);
    }

    internal static RandomGuest Structured(ulong seed, Profile profile) => RandomGuest.Generate(
        seed, profile, static options => options with { PairsPerThousand = 350, MarchesPerThousand = 12 });

    private static GuestComparison Compare(Func<ulong, IGuest> make, ulong firstSeed, long instructions)
    {
        var comparison = new GuestComparison([.. TierRegistry.All]);
        for (var seed = firstSeed; comparison.Generated < instructions; seed++)
        {
            Assert.True(comparison.Agrees(make(seed), out var report), report);
        }

        return comparison;
    }
}

using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Snapshots;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Snapshots;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Runtime.Tests.Snapshots;

/// <summary>
/// Runs that are written down at random gas marks in one tier, taken up in the next, and end as if nothing had
/// stopped them.
/// </summary>
public sealed class SnapshotTierTests
{
    private const int Guests = 240;
    private const ulong FirstSeed = 9_000_000;
    private const int Marks = 3;

    public static TheoryData<string, Profile> BuiltGuests() => new()
    {
        { "keccak", Profile.Static },
        { "blake2b", Profile.Xjar },
        { "shapes", Profile.Static },
        { "exports", Profile.Xjar },
        { "ed25519", Profile.Static },
        { "collections", Profile.Xjar },
    };

    [Fact]
    public void Random_guests_go_from_tier_to_tier()
    {
        var tiers = TierRegistry.All.Select(entry => (entry.Name, Tier: entry.Create())).ToList();
        var hops = 0;
        for (var seed = FirstSeed; seed < FirstSeed + Guests; seed++)
        {
            hops += Relay(SnapshotGuest.OfSeed(seed), new Prng(seed), tiers);
        }

        Assert.InRange(hops, 2 * Guests, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(BuiltGuests))]
    public void Built_guests_go_from_tier_to_tier(string name, Profile profile)
    {
        var tiers = TierRegistry.All.Select(entry => (entry.Name, Tier: entry.Create())).ToList();
        Assert.Equal(Marks, Relay(SnapshotGuest.Built(name, profile), new Prng(FirstSeed), tiers));
    }

    /// <summary>Runs a guest through, and then in pieces, each on another tier than the one before.</summary>
    /// <returns>The number of snapshots that were taken up.</returns>
    private static int Relay(SnapshotGuest guest, Prng random, List<(string Name, ITier Tier)> tiers)
    {
        FinalState expected;
        ulong total;
        using (var whole = guest.Start(tiers[0].Tier))
        {
            expected = FinalState.Of(whole, SnapshotGuest.RunTo(whole, mark: null));
            total = whole.GasUsed!.Value;
        }

        ulong[] marks = [.. Enumerable.Range(0, total == 0 ? 0 : Marks).Select(_ => random.Next() % total).Order()];
        var turn = random.Below(tiers.Count);
        var way = tiers[turn].Name;
        using var reference = guest.Start(tiers[0].Tier);
        var instance = guest.Start(tiers[turn].Tier);
        try
        {
            foreach (var mark in marks)
            {
                Assert.Equal(ExitReason.Cancelled, SnapshotGuest.RunTo(reference, mark).Reason);
                Assert.Equal(ExitReason.Cancelled, SnapshotGuest.RunTo(instance, mark).Reason);
                var bytes = instance.TakeSnapshot().ToArray();
                AssertSame(reference.TakeSnapshot().ToArray(), bytes, $"{guest.Name} at {mark} gas by {way}");
                instance.Dispose();

                turn = (turn + random.Between(1, tiers.Count - 1)) % tiers.Count;
                way += $", {tiers[turn].Name}";
                Assert.True(Snapshot.TryRead(bytes, out var snapshot, out var error), error?.ToString());
                instance = guest.Restore(snapshot, tiers[turn].Tier);
            }

            var actual = FinalState.Of(instance, SnapshotGuest.RunTo(instance, mark: null));
            Assert.True(expected == actual, $"{guest.Name} by {way}: {actual}, not {expected}");
            return marks.Length;
        }
        finally
        {
            instance.Dispose();
        }
    }

    private static void AssertSame(byte[] expected, byte[] actual, string place)
    {
        var same = expected.AsSpan().CommonPrefixLength(actual);
        Assert.True(
            same == expected.Length && same == actual.Length,
            $"{place}: snapshots of {expected.Length} and {actual.Length} bytes differ from byte {same} on");
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Snapshots;
using Pvm2.Runtime.Tests.Programs;
using Xunit;

namespace Pvm2.Runtime.Tests.Snapshots;

/// <summary>
/// Bytes from anybody: reading them never throws, what is accepted is canonical, and it is restored to the same state
/// or refused with a reason.
/// </summary>
public sealed class HostileSnapshotTests
{
    private const int PhaseOffset = 6;
    private const int GasModelOffset = 7;
    private const int GasLeftOffset = 40;
    private const int ProgramCounterOffset = 176;
    private const int ContainerLengthOffset = 180;
    private const int PageCountOffset = 184;
    private const int FirstPage = 188;
    private const int SecondPage = FirstPage + 8;
    private const int HashSize = 32;

    private enum Verdict
    {
        Unreadable,
        Refused,
        Restored,
    }

    public static TheoryData<string, int, long, string> BrokenRules() => new()
    {
        // What is written, where, where the error is, and its reason.
        { "51", 0, 0, "no snapshot" },
        { "0200", 4, 4, "version 2" },
        { "03", PhaseOffset, PhaseOffset, "no phase" },
        { "00", PhaseOffset, ProgramCounterOffset, "nothing was started" },
        { "03", GasModelOffset, GasModelOffset, "no gas model" },
        { "02", GasModelOffset, GasLeftOffset, "nothing is metered" },
        { "FFFFFFFF", ContainerLengthOffset, ContainerLengthOffset, "more than there are" },
        { "01000000", ContainerLengthOffset, FirstPage, "not the one of the hash" },
        { "FFFFFFFF", PageCountOffset, PageCountOffset, "more than the bytes have room for" },
        { "0800", SecondPage + 6, SecondPage + 16, "end in a page" },
        { "02000000", PageCountOffset, FirstPage + 19, "follow the last page" },
        { "10000000", SecondPage, SecondPage, "does not follow the one before" },
        { "0F000000", SecondPage, SecondPage, "does not follow the one before" },
        { "00001000", SecondPage, SecondPage, "beyond the address space" },
        { "FE0F", SecondPage + 4, SecondPage, "beyond its end" },
        { "FFFF", SecondPage + 6, SecondPage, "beyond its end" },
        { "5000", SecondPage + 6, SecondPage, "beyond the end of the bytes" },
        { "0100", FirstPage + 4, FirstPage, "is none and has a place" },
        { "00", SecondPage + 8, SecondPage, "begins or ends with a zero" },
        { "00", SecondPage + 10, SecondPage, "begins or ends with a zero" },
    };

    [Theory]
    [MemberData(nameof(BrokenRules))]
    public void A_broken_rule_is_named_with_its_place(string written, int offset, long place, string reason)
    {
        var bytes = SnapshotExample.Take();
        Convert.FromHexString(written).CopyTo(bytes, offset);
        Assert.False(Snapshot.TryRead(WithHash(bytes), out _, out var error));
        Assert.Equal(place, error.Offset);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.StartsWith($"at 0x{place:x}: ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_is_rejected()
    {
        foreach (var bytes in Samples())
        {
            for (var length = 0; length < bytes.Length; length++)
            {
                var cut = bytes[..length];
                Assert.Equal(Verdict.Unreadable, Examine(cut));
                Assert.Equal(Verdict.Unreadable, Examine(WithHash(cut)));
            }

            Assert.Equal(Verdict.Restored, Examine(bytes));
        }
    }

    [Fact]
    public void Every_flipped_bit_is_noticed_and_with_a_new_hash_rejected_or_another_state()
    {
        var verdicts = new int[3];
        foreach (var bytes in Samples())
        {
            for (var bit = 0; bit < 8 * bytes.Length; bit++)
            {
                bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
                Assert.Equal(Verdict.Unreadable, Examine(bytes));
                if (bit < 8 * (bytes.Length - HashSize))
                {
                    verdicts[(int)Examine(WithHash([.. bytes]))]++;
                }

                bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
            }
        }

        Assert.All(verdicts, count => Assert.InRange(count, 300, int.MaxValue));
    }

    [Fact]
    public void Damage_in_many_places_is_survived()
    {
        var random = new Random(41);
        var samples = Samples().Select(bytes => bytes[..^HashSize]).ToArray();
        var verdicts = new int[3];
        for (var round = 0; round < 20_000; round++)
        {
            verdicts[(int)Examine(WithHash([.. Mutations.Damage(random, samples), .. new byte[HashSize]]))]++;
        }

        Assert.All(verdicts, count => Assert.InRange(count, 300, int.MaxValue));
    }

    [Fact]
    public void Counts_that_lie_allocate_nothing()
    {
        var bytes = SnapshotExample.Take();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(PageCountOffset), int.MaxValue);
        WithHash(bytes);
        Examine(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Verdict.Unreadable, Examine(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }

    private static byte[][] Samples() =>
    [
        SnapshotExample.Take(),
        SnapshotExample.Take(withProgram: true, GasModel.Flat),
        SnapshotExample.Take(model: GasModel.None),
        EndedSample(),
    ];

    private static byte[] EndedSample()
    {
        using var instance = SnapshotExample.Create();
        instance.Run();
        return instance.TakeSnapshot().ToArray();
    }

    /// <summary>Reads bytes and restores what they say, and checks that nothing but them comes out.</summary>
    private static Verdict Examine(byte[] bytes)
    {
        if (!Snapshot.TryRead(bytes, out var snapshot, out var error))
        {
            Assert.InRange(error.Offset, 0, bytes.Length);
            Assert.NotEmpty(error.Reason);
            return Verdict.Unreadable;
        }

        Assert.Null(error);
        Assert.True(bytes.AsSpan().SequenceEqual(snapshot.ToArray()), Convert.ToHexString(bytes));
        var options = new InstanceOptions { GasModel = snapshot.GasModel };
        if (!SnapshotExample.Module.TryRestore(snapshot, options, out var instance, out error))
        {
            Assert.InRange(error.Offset, 0, bytes.Length);
            Assert.NotEmpty(error.Reason);
            return Verdict.Refused;
        }

        using (instance)
        {
            var again = instance.TakeSnapshot(withProgram: !snapshot.Container.IsEmpty);
            Assert.True(bytes.AsSpan().SequenceEqual(again.ToArray()), Convert.ToHexString(bytes));
            return Verdict.Restored;
        }
    }

    /// <summary>Puts the right hash at the end, so that what is before it is looked at.</summary>
    private static byte[] WithHash(byte[] bytes)
    {
        if (bytes.Length >= HashSize)
        {
            SHA256.HashData(bytes.AsSpan()[..^HashSize], bytes.AsSpan()[^HashSize..]);
        }

        return bytes;
    }
}

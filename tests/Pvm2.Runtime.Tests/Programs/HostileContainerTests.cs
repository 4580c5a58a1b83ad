using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Runtime.Tests.Programs;

/// <summary>
/// Bytes from anybody: reading them never throws, allocates no more than is stated, and what is accepted is canonical.
/// </summary>
public sealed class HostileContainerTests
{
    [Fact]
    public void Every_truncation_is_rejected()
    {
        foreach (var bytes in Samples())
        {
            for (var length = 0; length < bytes.Length; length++)
            {
                Assert.False(Examine(bytes.AsSpan(0, length)), $"{length} of {Convert.ToHexString(bytes)}");
            }

            Assert.True(Examine(bytes));
        }
    }

    [Fact]
    public void Every_flipped_bit_is_rejected_or_makes_another_program()
    {
        var (accepted, rejected) = (0, 0);
        foreach (var bytes in Samples())
        {
            for (var bit = 0; bit < 8 * bytes.Length; bit++)
            {
                bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
                _ = Examine(bytes) ? accepted++ : rejected++;
                bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
            }
        }

        Assert.InRange(accepted, 1000, int.MaxValue);
        Assert.InRange(rejected, 1000, int.MaxValue);
    }

    [Fact]
    public void Damage_in_many_places_is_survived()
    {
        var random = new Random(31);
        var samples = Samples().ToArray();
        var accepted = 0;
        for (var round = 0; round < 60_000; round++)
        {
            accepted += Examine(Mutations.Damage(random, samples)) ? 1 : 0;
        }

        Assert.InRange(accepted, 1000, 59_000);
    }

    [Fact]
    public void Random_bytes_are_survived()
    {
        var random = new Random(32);
        var accepted = 0;
        for (var round = 0; round < 60_000; round++)
        {
            var bytes = new byte[random.Next(80)];
            random.NextBytes(bytes);
            if (round % 3 != 0)
            {
                // Small numbers make short counts, and so reach far into the file.
                foreach (ref var value in bytes.AsSpan())
                {
                    value = random.Next(4) == 0 ? value : (byte)(value & 3);
                }

                "PVM2\u0001"u8[..Math.Min(5, bytes.Length)].CopyTo(bytes);
            }

            accepted += Examine(bytes) ? 1 : 0;
        }

        Assert.InRange(accepted, 1, 59_000);
    }

    [Theory]
    [InlineData("symbols of one letter")]
    [InlineData("symbols of two letters")]
    [InlineData("entry points")]
    [InlineData("notes with empty values")]
    [InlineData("notes")]
    [InlineData("chunks")]
    [InlineData("empty tables")]
    [InlineData("tables")]
    [InlineData("entries")]
    [InlineData("more of everything than there is")]
    public void The_dearest_files_stay_within_the_bound(string kind)
    {
        const int Count = 40_000;
        var parts = kind switch
        {
            "symbols of one letter" => new ContainerParts { Code = Code(Count), Symbols = Number(Count) + Repeat(Count, _ => "01 0161") },
            "symbols of two letters" => new ContainerParts { Code = Code(Count), Symbols = Number(Count) + Repeat(Count, _ => "01 026161") },
            "entry points" => new ContainerParts { EntryPoints = Number(Count) + Repeat(Count, i => Name(i) + "00") },
            "notes with empty values" => new ContainerParts { BuildNotes = Number(Count) + Repeat(Count, i => Name(i) + "00") },
            "notes" => new ContainerParts { BuildNotes = Number(Count) + Repeat(Count, i => Name(i) + "0161") },
            "chunks" => new ContainerParts { ReadWriteData = "ff3f 10" + Number(Count) + Repeat(Count, _ => "00 01 01") },
            "empty tables" => new ContainerParts { JumpTables = Number(Count) + Repeat(Count, _ => "00") },
            "tables" => new ContainerParts { JumpTables = Number(Count) + Repeat(Count, _ => "01") + Repeat(Count, _ => "00") },
            "entries" => new ContainerParts { JumpTables = "01" + Number(Count) + Repeat(Count, _ => "00") },
            _ => new ContainerParts
            {
                JumpTables = Number(Count) + Repeat(Count, _ => "01") + Repeat(Count, _ => "00"),
                EntryPoints = Number(Count) + Repeat(Count, i => Name(i) + "00"),
                BuildNotes = Number((Count / 3) - 1),
                Trailer = Repeat(Count, _ => "00"),
            },
        };
        Assert.Equal(kind[0] != 'm', Examine(parts.ToBytes()));

        static string Code(int halfwords) => Number(halfwords) + Repeat(halfwords, _ => "0100");
        static string Repeat(int count, Func<int, string> item) => string.Concat(Enumerable.Range(0, count).Select(item));
        static string Name(int i) => i < 100 ? $"02{0x61 + (i / 50):x2}{0x30 + (i % 50):x2}" : $"04{0x63 + (i / 64000):x2}{0x30 + (i / 1600 % 40):x2}{0x30 + (i / 40 % 40):x2}{0x30 + (i % 40):x2}";
    }

    [Fact]
    public void A_small_file_may_declare_four_gigabytes()
    {
        var parts = new ContainerParts { ReadWriteData = "efff3f 10 02 00 01 01 deffffff0e 01 01" };
        Assert.True(Examine(parts.ToBytes()));
        Assert.True(ProgramReader.TryRead(parts.ToBytes(), out var program, out _));
        Assert.Equal(0xFFFE_F000u, program.ReadWriteData.Size);
        Assert.Equal(0xEFFF_FFF0u, program.ReadWriteData.ContentEnd);
    }

    private static string Number(int value)
    {
        var hex = "";
        for (; value > 0x7F; value >>= 7)
        {
            hex += $"{(value & 0x7F) | 0x80:x2}";
        }

        return hex + $"{value:x2}";
    }

    private static IEnumerable<byte[]> Samples()
    {
        var random = new Random(30);
        for (var i = 0; i < 20; i++)
        {
            yield return ProgramWriter.Write(RandomPrograms.Make(random, i % 2 == 0 ? Profile.Static : Profile.Xjar));
        }
    }

    /// <summary>Reads bytes, checks what must hold of any, and says whether they are a container.</summary>
    private static bool Examine(ReadOnlySpan<byte> bytes)
    {
        var bound = (ProgramReader.MaxAllocationFactor * (long)bytes.Length) + ProgramReader.MaxAllocationConstant;
        if (MeasureReading(bytes) > bound)
        {
            // What the runtime sets up when code is first used on a thread is not the reader's.
            var allocated = MeasureReading(bytes);
            Assert.True(allocated <= bound, $"{allocated} bytes allocated for {bytes.Length}");
        }

        if (!ProgramReader.TryRead(bytes, out var program, out var error))
        {
            Assert.Null(program);
            Assert.NotNull(error);
            Assert.InRange(error.Offset, 0, bytes.Length);
            Assert.InRange(error.Bytes.Length, 0, 8);
            Assert.True(error.Bytes.Span.SequenceEqual(bytes.Slice((int)error.Offset, error.Bytes.Length)));
            return false;
        }

        Assert.Null(error);
        Assert.True(bytes.SequenceEqual(ProgramWriter.Write(program)), Convert.ToHexString(bytes));
        _ = ProgramValidator.TryValidate(program, out _);
        return true;
    }

    private static long MeasureReading(ReadOnlySpan<byte> bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = ProgramReader.TryRead(bytes, out _, out _);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}

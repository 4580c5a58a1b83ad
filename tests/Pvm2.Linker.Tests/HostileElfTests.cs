using System.Diagnostics;
using Pvm2.Runtime.Isa;
using Xunit;

namespace Pvm2.Linker.Tests;

/// <summary>
/// Files that are broken by accident or on purpose: the linker answers with a program or with errors, soon, and
/// never with an exception.
/// </summary>
public sealed class HostileElfTests
{
    private static readonly string[] Sources = ["exports", "places", "handover", "objects", "features-millicode"];

    [Fact]
    public void Every_truncation_is_answered()
    {
        foreach (var name in Sources)
        {
            var elf = Fixture.ReadElf(name);
            for (var length = 0; length < elf.Length; length += length < 256 ? 1 : 13)
            {
                var result = ElfLinker.Link(elf.AsMemory(0, length), new LinkOptions());
                Assert.False(result.Succeeded);
                Assert.NotEmpty(result.Errors);
            }
        }
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Flipped_bits_are_answered(Profile profile)
    {
        var random = new Random(profile == Profile.Static ? 1 : 2);
        var linked = 0;
        const int Rounds = 2500;
        foreach (var name in Sources)
        {
            var elf = Fixture.ReadElf(name);
            for (var round = 0; round < Rounds; round++)
            {
                var copy = (byte[])elf.Clone();
                for (var flips = random.Next(1, 4); flips > 0; flips--)
                {
                    copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
                }

                linked += Answer(copy, profile) ? 1 : 0;
            }
        }

        // Most flips hit names or data and do no harm: both outcomes must have been seen often.
        Assert.InRange(linked, Sources.Length * Rounds / 10, Sources.Length * Rounds * 9 / 10);
    }

    [Fact]
    public void Overwritten_numbers_are_answered()
    {
        var random = new Random(3);
        ulong[] numbers = [0, 1, 2, 0x7F, 0x80, 0xFF, 0xFFFF, 0x8000_0000, 0xFFFF_FFFF, 0x7FFF_FFFF_FFFF_FFFF, ulong.MaxValue];
        foreach (var name in Sources)
        {
            var elf = Fixture.ReadElf(name);
            for (var round = 0; round < 1500; round++)
            {
                // Headers and tables stand at multiples of 4; half of the writes go to the section headers at the end.
                var copy = (byte[])elf.Clone();
                var start = round % 2 == 0 ? 0 : copy.Length * 3 / 4;
                var place = (start + random.Next(copy.Length - start - 8)) & ~3;
                BitConverter.TryWriteBytes(copy.AsSpan(place, 8), numbers[random.Next(numbers.Length)]);
                Answer(copy, round % 3 == 0 ? Profile.Xjar : Profile.Static);
            }
        }
    }

    [Fact]
    public void Random_bytes_are_answered()
    {
        var random = new Random(4);
        for (var round = 0; round < 5000; round++)
        {
            var bytes = new byte[random.Next(2000)];
            random.NextBytes(bytes);
            if (round % 2 == 0 && bytes.Length > 64)
            {
                // A good header, so that the section headers are looked at.
                Fixture.ReadElf("exports").AsSpan(0, 40).CopyTo(bytes);
                bytes.AsSpan(40, 24).Clear();
                bytes[40] = 64;
                bytes[48] = 9;
                bytes[58] = 64;
                bytes[60] = (byte)random.Next(8);
            }

            Answer(bytes, Profile.Static);
        }
    }

    [Fact]
    public void Random_code_is_answered()
    {
        var random = new Random(5);
        for (var round = 0; round < 3000; round++)
        {
            var code = new byte[random.Next(1, 200) * 2];
            random.NextBytes(code);
            var elf = new ElfBuilder();
            var text = elf.AddCode(0x10000, code);
            var data = elf.AddData(0x20000, new byte[64], round % 2 == 0, ".data");
            var symbols = Enumerable.Range(0, 6).Select(i => elf.AddSymbol($"s{i}", i % 2 == 0 ? text : data, (ulong)random.Next(0xFFF0, 0x10200))).ToArray();
            for (var i = random.Next(30); i > 0; i--)
            {
                elf.AddRelocation(
                    i % 5 == 0 ? data : text, (ulong)((i % 5 == 0 ? 0x20000 : 0x10000) + random.Next(code.Length)),
                    (uint)random.Next(66), symbols[random.Next(symbols.Length)], random.Next(-300, 300));
            }

            Answer(elf.Build(0x10000 + (ulong)(random.Next(4) * 2)), round % 2 == 0 ? Profile.Static : Profile.Xjar);
        }
    }

    [Fact]
    public void Sizes_in_headers_allocate_nothing()
    {
        var elf = new ElfBuilder();
        var text = elf.AddCode(0x10000, new CodeBuilder().Return().Build());
        elf.AddSymbol("_start", text, 0x10000);
        var bss = elf.AddSection(".bss", 8, 3, 0x20000, [], 0x6000_0000);
        elf.AddRelocation(text, 0x10000, 51, 0);
        elf.AddSymbol("large", bss, 0x20000, 1);
        var bytes = elf.Build(0x10000);

        ElfLinker.Link(bytes, new LinkOptions());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = ElfLinker.Link(bytes, new LinkOptions());
        Assert.True(result.Succeeded, string.Join('\n', result.Errors));
        Assert.Equal(0x6000_0000u, result.Program.ReadWriteData.Size);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void An_inactive_section_header_may_say_anything()
    {
        var elf = new ElfBuilder();
        var text = elf.AddCode(0x10000, new CodeBuilder().Return().Build());
        elf.AddSymbol("_start", text, 0x10000);
        elf.AddSection(".null", type: 0, flags: 6, 0x2_0000, [], size: 0x7FFF_FFFF_FFFF);
        var result = ElfLinker.Link(elf.Build(0x10000), new LinkOptions());
        Assert.DoesNotContain(result.Errors, error => $"{error}".Contains(".null", StringComparison.Ordinal));
    }

    [Fact]
    public void Sections_that_share_their_bytes_are_refused_before_they_cost_anything()
    {
        // All sections of a file of 2 MB are moved onto the same MB, which is code.
        var elf = new ElfBuilder();
        elf.AddCode(0x1_0000, new byte[1 << 20]);
        for (var i = 1; i < 15_000; i++)
        {
            elf.AddCode(0x1_0000 + ((ulong)i << 20), []);
        }

        var bytes = elf.Build(0x1_0000);
        var headers = (int)BitConverter.ToUInt64(bytes, 40);
        for (var i = 2; i < 15_000; i++)
        {
            bytes.AsSpan(headers + 64 + 24, 16).CopyTo(bytes.AsSpan(headers + (i * 64) + 24));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Single(ElfLinker.Link(bytes, new LinkOptions()).Errors);
        Assert.Contains("share their bytes", error.Reason, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public void Names_that_share_their_bytes_are_refused()
    {
        var elf = new ElfBuilder();
        var text = elf.AddCode(0x1_0000, new CodeBuilder().Return().Build());
        for (var i = 0; i < 20_000; i++)
        {
            elf.AddSymbol(i == 0 ? new string('n', 4000) : "f", text, 0x1_0000);
        }

        // Every name becomes the first one, which is 4000 letters long.
        var bytes = elf.Build(0x1_0000);
        var headers = (int)BitConverter.ToUInt64(bytes, 40);
        var table = (int)BitConverter.ToUInt64(bytes, headers + (2 * 64) + 24);
        for (var i = 1; i <= 20_000; i++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(table + (i * 24)), 1);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = ElfLinker.Link(bytes, new LinkOptions());
        Assert.Contains(result.Errors, e => e.Reason.Contains("share their bytes", StringComparison.Ordinal));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public void Chains_of_branches_that_grow_one_after_the_other_take_no_quadratic_time()
    {
        // Each branch reaches its target exactly, so that when the last one grows the one before must too, and so on.
        var code = new CodeBuilder().Label("l0");
        const int Count = 60_000;
        for (var i = 0; i < Count; i++)
        {
            code.Label($"p{i}").Branch(Opcode.Bne, 11, 0, $"p{Math.Min(i + 31, Count)}").Branch(Opcode.Bne, 0, 0, $"p{Math.Min(i + 62, Count)}");
        }

        code.Label($"p{Count}").Return();
        var elf = new ElfBuilder();
        elf.AddSymbol("_start", elf.AddCode(0x10000, code.Build()), 0x10000);
        var bytes = elf.Build(0x10000);
        var watch = Stopwatch.StartNew();
        var result = ElfLinker.Link(bytes, new LinkOptions());
        Assert.True(result.Succeeded, string.Join('\n', result.Errors));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }

    /// <summary>Links; whatever the linker finds wrong, it must say so without an exception.</summary>
    private static bool Answer(byte[] elf, Profile profile)
    {
        var result = ElfLinker.Link(elf, new LinkOptions { Profile = profile });
        Assert.NotEqual(result.Succeeded, result.Errors.Count != 0);
        foreach (var error in result.Errors)
        {
            Assert.NotEmpty(error.Reason);
            Assert.DoesNotContain(error.ToString(), char.IsControl);
            Assert.DoesNotContain("breaks a rule", error.Reason, StringComparison.Ordinal);
        }

        return result.Succeeded;
    }
}

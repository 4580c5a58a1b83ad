using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Tests.Programs;

/// <summary>Makes valid programs of random parts, for round trips and for damaging their containers.</summary>
internal static class RandomPrograms
{
    /// <summary>A valid program: <c>fallthrough</c>s and a <c>trap</c>, so that every fourth offset is a block start.</summary>
    internal static GuestProgram Make(Random random, Profile profile)
    {
        var instructions = random.Next(1, 40);
        var code = new byte[4 * instructions];
        for (var i = 0; i < instructions; i++)
        {
            code[4 * i] = 0x0B;
            code[(4 * i) + 1] = i == instructions - 1 ? (byte)0 : (byte)0x40;
        }

        uint Start() => 4 * (uint)random.Next(instructions);
        var page = profile == Profile.Static ? 0x10u : 0x1_0000u;
        return new GuestProgram
        {
            Profile = profile,
            Code = code,
            JumpTables = profile == Profile.Xjar
                ? JumpTables.None
                : JumpTables.Create([.. Enumerable.Range(0, random.Next(4)).Select(
                    _ => Enumerable.Range(0, random.Next(6)).Select(_ => Start()).ToArray())]),
            ReadOnlyData = Region(random, ref page, hasContent: true),
            ReadWriteData = Region(random, ref page, hasContent: true),
            Stack = Region(random, ref page, hasContent: false),
            Heap = Region(random, ref page, hasContent: false),
            EntryPoints = [.. Names(random, random.Next(1, 5)).Select(name => new EntryPoint(name, Start()))],
            Symbols = [.. Names(random, random.Next(5)).Select(name => new CodeSymbol(name, Start()))],
            BuildNotes = [.. Names(random, random.Next(3)).Select(name => new BuildNote(name, new string('v', random.Next(3))))],
        };
    }

    private static MemoryRegion Region(Random random, ref uint page, bool hasContent)
    {
        var pages = (uint)random.Next(4);
        page += (uint)random.Next(3);
        var address = page << AddressSpace.PageShift;
        page += pages;
        var content = new byte[hasContent ? random.Next((int)Math.Min(300, pages * AddressSpace.PageSize) + 1) : 0];
        foreach (ref var value in content.AsSpan())
        {
            value = random.Next(12) == 0 ? (byte)random.Next(256) : (byte)0;
        }

        return pages == 0 ? MemoryRegion.None : new MemoryRegion(address, pages * AddressSpace.PageSize, content);
    }

    private static IEnumerable<string> Names(Random random, int count)
    {
        string[] pool = ["main", "a", "b", "_start", "größe", "名", "𝔁", "\uFFFD", "zeta", "Zeta"];
        random.Shuffle(pool);
        return pool.Take(count);
    }
}

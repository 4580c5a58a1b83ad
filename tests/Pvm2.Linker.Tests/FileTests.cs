using System.Diagnostics;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Linker.Tests;

/// <summary>Files as a whole: headers, size, where data goes, and the fixtures themselves.</summary>
public sealed class FileTests
{
    private const ulong Text = 0x10000;

    [Theory]
    [InlineData(0, 0, "this is no ELF file")]
    [InlineData(5, 2, "big-endian")]
    [InlineData(4, 1, "32-bit")]
    [InlineData(18, 62, "machine 62")]
    [InlineData(16, 4, "no executable")]
    [InlineData(60, 0, "no section headers")]
    [InlineData(43, 0x7F, "the section headers lie outside the file")]
    public void A_file_of_another_kind_is_told(int offset, byte value, string reason)
    {
        var elf = Fixture.ReadElf("exports");
        elf[offset] = value;
        var error = Assert.Single(ElfLinker.Link(elf, new LinkOptions()).Errors);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.NotEqual(string.Empty, offset == 43 ? "nothing to advise" : error.Advice);
    }

    [Fact]
    public void Many_errors_are_reported_at_once_and_the_rest_is_counted()
    {
        // Each is found by a branch of its own, since what follows an error is not looked at.
        var entry = new CodeBuilder().Label("start");
        for (var i = 0; i < 50; i++)
        {
            entry.Branch(Opcode.Bne, 10, 0, $"bad{i}");
        }

        entry.Return();
        for (var i = 0; i < 50; i++)
        {
            entry.Label($"bad{i}").Add(Opcode.Addi, 3, 3, 0, i);
        }

        var errors = ElfLinker.Link(Build(entry), new LinkOptions()).Errors;
        Assert.Equal(21, errors.Count);
        Assert.Contains("30 more", errors[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Regions_lie_side_by_side_from_read_only_data_to_the_heap()
    {
        foreach (var (profile, start) in new[] { (Profile.Static, AddressSpace.StaticDataBase), (Profile.Xjar, AddressSpace.DataBase) })
        {
            var options = new LinkOptions { Profile = profile, StackSize = 5000, HeapSize = 1 };
            var result = Runner.Link(Fixture.ReadElf("places"), options);
            var program = result.Program!;
            Assert.Equal(start, program.ReadOnlyData.Address);
            Assert.Equal(program.ReadOnlyData.End, program.Stack.Address);
            Assert.Equal(8192u, program.Stack.Size);
            Assert.Equal(program.Stack.End, program.ReadWriteData.Address);
            Assert.Equal(program.ReadWriteData.End, program.Heap.Address);
            Assert.Equal(4096u, program.Heap.Size);
            Assert.Equal(
                ["read-only data", "stack", "read-write data", "heap"], result.Map!.Regions.Select(r => r.Name));
        }
    }

    [Fact]
    public void The_map_tells_where_things_went()
    {
        var map = Runner.Link(Fixture.ReadElf("features-medany"), new LinkOptions()).Map!;
        Assert.Contains(map.Sections, s => s is { Name: ".rodata", Placement: "0x00010000" });
        Assert.Contains(map.Sections, s => s is { Name: ".got", Placement: "left out" });
        Assert.Contains(map.Functions, f => f is { Name: "threaded", Size: > 0, ElfSize: > 0 });
        Assert.Equal("address-taken code", map.Tables[0].Purpose);
        var text = map.ToString();
        Assert.Contains("threaded", text, StringComparison.Ordinal);
        Assert.Contains("read-write data", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
    }

    [Fact]
    public void Notes_tell_the_producer_and_give_way_to_those_of_the_caller()
    {
        var elf = Fixture.ReadElf("features-medany");
        var notes = Runner.Link(elf, new LinkOptions { BuildNotes = [new BuildNote("revision", "abc")] }).Program!.BuildNotes;
        Assert.Equal(["linker", "producer", "revision"], notes.Select(n => n.Key));
        Assert.Contains("LLD", notes[1].Value, StringComparison.Ordinal);
        notes = Runner.Link(elf, new LinkOptions { BuildNotes = [new BuildNote("linker", "mine")] }).Program!.BuildNotes;
        Assert.Contains(new BuildNote("linker", "mine"), notes);
    }

    [Fact]
    public void A_large_program_links_in_time()
    {
        // 1700 functions of 600 bytes, 1700 pointers to them in data, each called through its pointer.
        const int Functions = 1700;
        const ulong Data = 0x80_0000;
        var code = new CodeBuilder().Label("start").Enter()
            .Add(Opcode.Lui, 8, immediate: (int)Data).Add(Opcode.Addi, 9, 0, 0, Functions)
            .Label("loop").Add(Opcode.Ld, 6, 8).Add(Opcode.Jalr, 1, 6)
            .Add(Opcode.Addi, 8, 8, 0, 8).Add(Opcode.Addi, 9, 9, 0, -1).Branch(Opcode.Bne, 9, 0, "loop").Leave();
        for (var i = 0; i < Functions; i++)
        {
            code.Label($"f{i}").Add(Opcode.Addi, 10, 10, 0, 1).Repeat(148, Opcode.Xori, 12, 13, 0, 1365).Return();
        }

        var elf = new ElfBuilder();
        var text = elf.AddCode(Text, code.Build());
        var table = elf.AddData(Data, new byte[Functions * 8], false, ".rodata");
        elf.AddRelocation(text, Text + code.OffsetOf("start") + 8, 26, elf.AddSymbol("table", table, Data, 1));
        for (var i = 0; i < Functions; i++)
        {
            elf.AddRelocation(table, Data + ((ulong)i * 8), 2, elf.AddSymbol($"f{i}", text, Text + code.OffsetOf($"f{i}")));
        }

        var bytes = elf.Build(Text);
        Assert.InRange(bytes.Length, 1_000_000, 2_000_000);
        foreach (var profile in new[] { Profile.Static, Profile.Xjar })
        {
            var watch = Stopwatch.StartNew();
            var program = Runner.Link(bytes, new LinkOptions { Profile = profile }).Program!;
            Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
            Assert.Equal((ulong)Functions, Runner.Run(program));
        }
    }

    [ToolFact("clang-19", "ld.lld-19")]
    public void Fixtures_are_what_their_build_script_makes()
    {
        var folder = Directory.CreateTempSubdirectory("pvm2-fixtures-");
        try
        {
            ExternalTool.Find("sh").Run(Fixture.PathOf("build.sh"), folder.FullName);
            var made = folder.GetFiles().Select(f => f.Name).Order(StringComparer.Ordinal).ToList();
            var kept = Directory.GetFiles(Fixture.PathOf("elf")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
            Assert.Equal(kept, made);
            foreach (var name in made)
            {
                Assert.Equal(File.ReadAllBytes(Fixture.PathOf($"elf/{name}")), File.ReadAllBytes(Path.Combine(folder.FullName, name)));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Build(CodeBuilder code)
    {
        var elf = new ElfBuilder();
        elf.AddSymbol("_start", elf.AddCode(Text, code.Build()), Text);
        return elf.Build(Text);
    }
}

using System.Text.RegularExpressions;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Runtime.Tests.Programs;

/// <summary>Holds the example in <c>docs/container.md</c> and the writer together.</summary>
public sealed partial class ContainerDocumentTests
{
    private static readonly GuestProgram Example = new()
    {
        Profile = Profile.Static,
        Code = new byte[] { 0x0B, 0x20, 0x00, 0x00, 0x06, 0x05, 0x0B, 0xB0, 0x00, 0x00 },
        JumpTables = JumpTables.Create([[4, 0]]),
        ReadOnlyData = new MemoryRegion(0x1_0000, 0x1000, (byte[])[.. "Hi"u8, .. new byte[254], 42]),
        ReadWriteData = new MemoryRegion(0x2_1000, 0x2000, [new ContentChunk(0x1000, new byte[] { 255 })]),
        Stack = new MemoryRegion(0x1_1000, 0x1_0000),
        Heap = new MemoryRegion(0x2_3000, 0x4000),
        EntryPoints = [new("main", 0), new("twice", 4)],
        Symbols = [new("main", 0), new("twice", 4)],
        BuildNotes = [new("producer", "example")],
    };

    [Fact]
    public void The_example_is_what_the_writer_makes()
    {
        Assert.True(ProgramValidator.TryValidate(Example, out var error), error?.ToString());
        Assert.Equal(Convert.ToHexStringLower(ReadExample()), Convert.ToHexStringLower(ProgramWriter.Write(Example)));
    }

    [Fact]
    public void The_example_has_the_hash_that_is_stated()
    {
        var stated = HashLine().Match(ReadDocument());
        Assert.True(stated.Success);
        Assert.Equal(stated.Groups[1].Value, ProgramHash.Of(Example).ToString());
        Assert.Equal(ProgramHash.Of(Example), ProgramHash.OfContainer(ReadExample()));
    }

    private static byte[] ReadExample()
    {
        var dump = DumpBlock().Match(ReadDocument()).Groups[1].Value;
        var lines = dump.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        return [.. lines.SelectMany(line =>
        {
            var match = DumpLine().Match(line);
            Assert.True(match.Success, line);
            return ContainerParts.FromHex(match.Groups[1].Value);
        })];
    }

    private static string ReadDocument() => File.ReadAllText(Repository.PathOf("docs/container.md"));

    [GeneratedRegex("```hexdump\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex DumpBlock();

    [GeneratedRegex("^((?:[0-9a-f]{2} )*[0-9a-f]{2})  ")]
    private static partial Regex DumpLine();

    [GeneratedRegex("SHA-256: `([0-9a-f]{64})`")]
    private static partial Regex HashLine();
}

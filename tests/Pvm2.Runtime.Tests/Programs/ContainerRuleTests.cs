using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Runtime.Tests.Programs;

/// <summary>Every rule of <c>docs/container.md</c>, kept and broken by containers made by hand.</summary>
public sealed class ContainerRuleTests
{
    public static TheoryData<string> Broken => new(ContainerExamples.Broken.Keys);

    public static TheoryData<string> Accepted => new(ContainerExamples.Accepted.Keys);

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_rule_is_named(string name)
    {
        var example = ContainerExamples.Broken[name];
        Assert.False(ProgramReader.TryRead(example.ToBytes(), out var program, out var error));
        Assert.Null(program);
        Assert.Equal(example.Section, error.Section);
        Assert.Equal(example.Offset, error.Offset);
        Assert.Equal(example.Bytes, Convert.ToHexStringLower(error.Bytes.Span));
        Assert.Contains(example.Reason, error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void What_keeps_the_rules_is_read_and_written_again(string name)
    {
        var bytes = ContainerExamples.Accepted[name].ToBytes();
        Assert.True(ProgramReader.TryRead(bytes, out var program, out var error), error?.ToString());
        Assert.Equal(Convert.ToHexStringLower(bytes), Convert.ToHexStringLower(ProgramWriter.Write(program)));
    }

    [Fact]
    public void What_is_read_means_what_the_description_says()
    {
        var parts = new ContainerParts
        {
            Header = "50564d32 01 01",
            JumpTables = "02 02 01 04 03 00",
            ReadOnlyData = "02 818004 02 01 01 aa 0f 02 bbcc",
            Heap = "03 10",
            Symbols = "02 01 0178 01 0179",
        };
        Assert.True(ProgramReader.TryRead(parts.ToBytes(), out var program, out var error), error?.ToString());
        Assert.Equal(Profile.Xjar, program.Profile);
        Assert.Equal([0x0B, 0, 0, 0], program.Code.ToArray());
        Assert.Equal([4u, 0u], program.JumpTables[0].ToArray());
        Assert.Equal([0u], program.JumpTables[1].ToArray());
        Assert.Equal((0x1000_1000u, 0x2000u), (program.ReadOnlyData.Address, program.ReadOnlyData.Size));
        Assert.Equal([1u, 33u], program.ReadOnlyData.Chunks.ToArray().Select(c => c.Offset));
        Assert.Equal([0xBB, 0xCC], program.ReadOnlyData.Chunks[1].Bytes.ToArray());
        Assert.Equal((0x1_0000u, 0x3000u), (program.Heap.Address, program.Heap.Size));
        Assert.Equal([new EntryPoint("a", 0)], program.EntryPoints);
        Assert.Equal([new CodeSymbol("x", 2), new CodeSymbol("y", 4)], program.Symbols);
    }
}

using Pvm2.Runtime.Isa;
using Pvm2.TestKit;
using Pvm2.TestKit.States;
using Pvm2.TestKit.Tiers;
using Pvm2.TestKit.Vectors;
using Xunit;

namespace Pvm2.Runtime.Tests.Vectors;

/// <summary>A vector that is wrong fails, and says where.</summary>
public sealed class VectorKitTests
{
    [Theory]
    [InlineData("add a0, a1, a2", "a1=1, a2=2", "a0=4", "a0 is 0x3, not 0x4")]
    [InlineData("add a0, a1, a2", "a1=1, a2=2", "", "a0 is 0x3")]
    [InlineData("add a0, a1, a2", "a1=1, a2=2", "a0=3, a3=5", "a3 is ")]
    [InlineData("sb a0, 0(a1)", "a0=1, a1=0x10002000", "", "[0x10002000] is 01, not a5")]
    [InlineData("sb a0, 0(a1)", "a0=1, a1=0x10002000", "[0x10002001]=01", "[0x10002000] is 01, not a5")]
    [InlineData("lw a0, 0(zero)", "", "fault 4", "the exit is")]
    [InlineData("beq a0, a0, taken", "", "next", "the exit is")]
    [InlineData("add a0, a1", "", "", "1")]
    public void A_wrong_vector_is_reported_with_its_place(string instruction, string before, string after, string message)
    {
        var vector = new InstructionVector(
            "file.txt:7", instruction, [Profile.Static], StateText.Parse(before), StateText.Parse(after));
        var problems = new VectorRunner(TierRegistry.Reference.Create()).Run(vector, Profile.Static).ToList();
        Assert.Contains(problems, problem => problem.Contains(message, StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.StartsWith("file.txt:7: ", problem, StringComparison.Ordinal));
    }

    [ToolFact("python3")]
    public void The_files_are_what_the_generator_writes()
    {
        var output = ExternalTool.Find("python3").Run(Repository.PathOf($"{VectorFile.Folder}/generate.py"), "--check");
        Assert.Equal(string.Empty, output);
    }
}

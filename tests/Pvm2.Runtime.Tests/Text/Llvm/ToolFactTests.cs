using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Runtime.Tests.Text.Llvm;

/// <summary>Tests that need a tool run, or say why they do not.</summary>
public sealed class ToolFactTests
{
    private const string Missing = "no-such-tool-19";

    [Fact]
    public void A_missing_tool_skips_its_tests_unless_tools_are_required()
    {
        Assert.Equal(ExternalTool.AreRequired ? null : $"Not installed: {Missing}.", new ToolFactAttribute(Missing).Skip);
        Assert.Throws<FileNotFoundException>(() => ExternalTool.Find(Missing));
        Assert.Null(new ToolFactAttribute("sh").Skip);
    }

    [Fact]
    public void A_tool_that_fails_throws_with_what_it_said()
    {
        Assert.Equal("hello\n", ExternalTool.Find("sh").Run("-c", "echo hello"));
        var error = Assert.Throws<InvalidOperationException>(() => ExternalTool.Find("sh").Run("-c", "echo wrong >&2; exit 3"));
        Assert.Contains("ended with 3: wrong", error.Message, StringComparison.Ordinal);
    }
}

using Pvm2.Compare.CommandLine;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Tests.CommandLine;

public class CompareCommandTests
{
    private CompareRequest? _request;

    [Fact]
    public void WithoutOptionsEverythingIsMeasured()
    {
        Assert.Equal(0, Parse());

        Assert.Equal(CompareAction.Measure, _request!.Action);
        Assert.False(_request.IsQuick);
        Assert.Empty(_request.Engines);
        Assert.Null(_request.Rounds);
    }

    [Fact]
    public void ListsTakeSeveralNames()
    {
        Assert.Equal(0, Parse("--engines", "native/pipeline", "bare/x64", "--kinds", "cold", "Steady", "--quick", "--rounds", "3"));

        Assert.Equal(["native/pipeline", "bare/x64"], _request!.Engines);
        Assert.Equal([Kind.Cold, Kind.Steady], _request.Kinds);
        Assert.True(_request.IsQuick);
        Assert.Equal(3, _request.Rounds);
    }

    [Theory]
    [InlineData("--check", "--quick")]
    [InlineData("--report", "a.json", "--publish", "b.json")]
    [InlineData("--rounds", "0")]
    [InlineData("--rounds", "many")]
    [InlineData("--kinds", "fast")]
    [InlineData("--nonsense")]
    [InlineData("word")]
    public void NonsenseIsRefused(params string[] arguments)
    {
        Assert.NotEqual(0, Parse(arguments));

        Assert.Null(_request);
    }

    private int Parse(params string[] arguments)
    {
        var parsed = CompareCommand.Create(request =>
        {
            _request = request;
            return 0;
        }).Parse(arguments);
        return parsed.Errors.Count == 0 ? parsed.Invoke() : 64;
    }
}

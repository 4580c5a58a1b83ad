using Pvm2.Compare.Protocol;

namespace Pvm2.Compare.Tests.Protocol;

public class EngineProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void EngineSaysWhatItIsAndAnswersEveryRequest()
    {
        using var engine = new FakeEngine("""
            "compile 7") echo "ok 700" ;;
            "cold 3") echo "ok 42.5 0xff" ;;
            "run 1") echo "  ok   9   0x10  " ;;
            "instances 10") echo "ok 1000 4096" ;;
            "memory") echo "ok 100 200" ;;
            """);
        using var process = EngineProcess.Start(engine.Serve, -1, Patience);

        process.Load("/a path/with spaces.pvm2");

        Assert.Equal("Fake 1.0", process.Version);
        Assert.Equal(new Timing(700, 0), process.Compile(7));
        Assert.Equal(new Timing(42.5, 0xff), process.Cold(3));
        Assert.Equal(new Timing(9, 0x10), process.Run(1));
        Assert.Equal((1000, 4096), process.MakeInstances(10));
        Assert.Equal(new MemoryUse(100, 200), process.AskForMemory());
    }

    [Fact]
    public void WhatAnEngineDoesNotDoIsNoFailure()
    {
        using var engine = new FakeEngine("""
            "run "*) echo "unsupported: no such thing here" ;;
            """);
        using var process = EngineProcess.Start(engine.Serve, -1, Patience);

        Assert.Null(process.Compile(1));
        Assert.Null(process.Cold(1));
        Assert.Null(process.Run(1));
        Assert.Null(process.MakeInstances(1));
        Assert.Null(process.AskForMemory());
    }

    [Fact]
    public void EngineIsAskedToBindRunsToAProcessor()
    {
        using var engine = new FakeEngine("""
            "hello 1 cpu=3") echo "ok bound" ;;
            """);
        using var process = EngineProcess.Start(engine.Serve, 3, Patience);

        Assert.Equal("bound", process.Version);
    }

    [Theory]
    [InlineData("ok")]
    [InlineData("ok 5")]
    [InlineData("ok 5 39")]
    [InlineData("ok 0 0x39")]
    [InlineData("ok -5 0x39")]
    [InlineData("ok NaN 0x39")]
    [InlineData("ok 1e999 0x39")]
    [InlineData("ok 5 0x39 6")]
    [InlineData("ok 5 0xzz")]
    [InlineData("")]
    [InlineData("error no such thing")]
    public void AnswerOfAnotherFormIsNamed(string answer)
    {
        using var engine = new FakeEngine($"""
            "run "*) echo "{answer}" ;;
            """);
        using var process = EngineProcess.Start(engine.Serve, -1, Patience);

        var failure = Assert.Throws<EngineException>(() => process.Run(1));

        Assert.Contains("\"run 1\"", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"\"{answer}\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EngineThatEndsIsQuoted()
    {
        using var engine = new FakeEngine("""
            "compile "*) echo "out of luck" >&2; exit 3 ;;
            """);
        using var process = EngineProcess.Start(engine.Serve, -1, Patience);

        var failure = Assert.Throws<EngineException>(() => process.Compile(1));

        Assert.Contains("out of luck", failure.Message, StringComparison.Ordinal);
        _ = Assert.Throws<EngineException>(() => process.Compile(1));
    }

    [Fact]
    public void EngineThatDoesNotAnswerIsEnded()
    {
        using var engine = new FakeEngine("""
            "compile "*) sleep 600 ;;
            """);
        using var process = EngineProcess.Start(engine.Serve, -1, TimeSpan.FromSeconds(3));

        var failure = Assert.Throws<EngineException>(() => process.Compile(1));

        Assert.Contains("no answer within 3 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CommandThatIsMissingIsNamed()
    {
        var failure = Assert.Throws<EngineMissingException>(() => EngineProcess.Start(["/nowhere/engine"], -1, Patience));

        Assert.Contains("/nowhere/engine cannot be started", failure.Message, StringComparison.Ordinal);
    }
}

using Pvm2.Compare.Engines;
using Pvm2.Compare.Measuring;
using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Tests.Measuring;

public class ComparisonTests
{
    private static readonly string Guests = Path.Combine(Workload.FindRoot(), "bench", "guests");
    private static readonly ExpectedResults Expected = new(Path.Combine(Guests, "expected.txt"));
    private static readonly ProgramFiles Files = new(Path.Combine(Guests, "built"), "saved");

    private readonly RecordingView _view = new();

    private static Plan KeccakPlan { get; } = new()
    {
        Mode = "test",
        Workloads = ["keccak"],
        Passes = 2,
        RoundsPerPass = 3,
        ProcessRounds = 2,
        SampleTime = TimeSpan.FromMicroseconds(8),
        MostWarmUpPasses = 1,
    };

    [Fact]
    public void EveryFigureHasASampleARound()
    {
        using var one = new FakeEngine(FakeEngine.Keccak, "0x39e50259");
        using var two = new FakeEngine(FakeEngine.Keccak);

        var results = Compare(
            one.Define("one", Kind.Compile, Kind.Cold, Kind.Steady, Kind.Process), two.Define("two", Kind.Steady));

        Assert.Equal(["one", "two"], results.Engines.Select(engine => engine.Id));
        Assert.All(results.Engines, engine => Assert.Equal(("Fake 1.0", string.Empty), (engine.Version, engine.Skipped)));
        Assert.Equal(5, results.Series.Count);
        foreach (var series in results.Series.Where(series => series.Kind != Kind.Process))
        {
            Assert.Equal(8, series.Repetitions);
            Assert.Equal(Enumerable.Repeat(1000.0, 6), series.Nanoseconds);
        }

        Assert.Equal(2, Assert.Single(results.Series, series => series.Kind == Kind.Process).Nanoseconds.Count);
        Assert.Equal("bench/test", results.Settings.Command);
        Assert.Equal("keccak", Assert.Single(results.Sizes).Workload);
    }

    [Fact]
    public void EnginesTakeTurnsInOrdersThatChange()
    {
        using var engine = new FakeEngine(FakeEngine.Keccak);
        var plan = KeccakPlan with { RoundsPerPass = 12, Passes = 1 };

        _ = Compare(plan, [engine.Define("one", Kind.Steady), engine.Define("two", Kind.Steady)]);

        var rounds = _view.Order.Chunk(2).ToArray();
        Assert.Equal(12, rounds.Length);
        Assert.All(rounds, round => Assert.Equal(["one", "two"], round.Order()));
        Assert.Equal(2, rounds.Select(round => round[0]).Distinct().Count());
    }

    [Fact]
    public void EngineThatIsMissingIsSkippedWithItsHint()
    {
        using var engine = new FakeEngine(FakeEngine.Keccak);
        var missing = engine.Define("missing", Kind.Steady) with { Serve = ["/nowhere/engine"], Hint = "buy one" };

        var results = Compare(missing, engine.Define("one", Kind.Steady));

        Assert.Contains("buy one", results.Engines[0].Skipped, StringComparison.Ordinal);
        Assert.Equal("one", Assert.Single(results.Series).Engine);
        Assert.Contains(_view.Remarks, remark => remark.Contains("missing title", StringComparison.Ordinal));
    }

    [Fact]
    public void NothingIsSaidOfTheWarmUpOfAnEngineThatHasNoFigureToWarmUpFor()
    {
        using var one = new FakeEngine(FakeEngine.Keccak, "0x39e50259");

        var results = Compare(one.Define("one", Kind.Process), one.Define("two"), one.Define("three", Kind.Steady));

        Assert.DoesNotContain(results.Remarks, remark => remark.StartsWith("one had", StringComparison.Ordinal));
        Assert.DoesNotContain(results.Remarks, remark => remark.StartsWith("two had", StringComparison.Ordinal));
        Assert.Contains(results.Remarks, remark => remark.StartsWith("three had not settled", StringComparison.Ordinal));
    }

    [Fact]
    public void AdapterWithAWrongResultIsNotMeasured()
    {
        using var wrong = new FakeEngine("""
            "cold "* | "run "*) echo "ok 5 0x1" ;;
            """);

        var results = Compare(wrong.Define("wrong", Kind.Steady));

        Assert.Contains("leaves 0x1 for keccak, where 0x39e50259 is right", Assert.Single(results.Engines).Skipped, StringComparison.Ordinal);
        Assert.Empty(results.Series);
    }

    [Fact]
    public void AdapterWhoseProcessLeavesAWrongResultIsNotMeasured()
    {
        using var wrong = new FakeEngine(FakeEngine.Keccak, "0x2");

        var results = Compare(wrong.Define("wrong", Kind.Steady, Kind.Process));

        Assert.Contains("leaves 0x2", Assert.Single(results.Engines).Skipped, StringComparison.Ordinal);
        Assert.Empty(results.Series);
    }

    [Fact]
    public void WrongResultOfABuiltInEngineEndsEverything()
    {
        using var wrong = new FakeEngine("""
            "cold "* | "run "*) echo "ok 5 0x1" ;;
            """);

        var failure = Assert.Throws<InvalidDataException>(() => Compare(wrong.Define("ours", Kind.Steady) with { IsAdapter = false }));

        Assert.Contains("ours", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing is measured", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EngineThatIsWrongLaterFallsOutWithItsFigures()
    {
        using var engine = new FakeEngine(FakeEngine.Keccak);
        using var later = new FakeEngine("""
            "cold 1") echo "ok 1000 0x39e50259" ;;
            "cold "*) echo "ok 1000 0x3" ;;
            """);

        var results = Compare(
            KeccakPlan with { Kinds = new HashSet<Kind> { Kind.Cold } }, [engine.Define("one", Kind.Cold), later.Define("later", Kind.Cold)]);

        Assert.Contains("leaves 0x3", results.Engines.Single(one => one.Id == "later").Skipped, StringComparison.Ordinal);
        Assert.Equal("one", Assert.Single(results.Series).Engine);
    }

    [Fact]
    public void WhatAnEngineDoesNotDoIsLeftOut()
    {
        using var engine = new FakeEngine("""
            "run "*) echo "ok $((n * 1000)) 0x39e50259" ;;
            """);

        var results = Compare(engine.Define("one", Kind.Compile, Kind.Cold, Kind.Steady));

        Assert.Equal(Kind.Steady, Assert.Single(results.Series).Kind);
    }

    [Fact]
    public void ProcessThatFailsLaterCostsNothingButItsOwnFigures()
    {
        using var engine = new FakeEngine(FakeEngine.Keccak, "0x39e50259");
        using var later = new FakeEngine(FakeEngine.Keccak, """$([[ -e $0.ran ]] && echo 0x3 || echo 0x39e50259; touch $0.ran)""");

        var results = Compare(engine.Define("one", Kind.Steady, Kind.Process), later.Define("later", Kind.Steady, Kind.Process));

        Assert.Equal("one", Assert.Single(results.Series, series => series.Kind == Kind.Process).Engine);
        Assert.Equal(2, results.Series.Count(series => series.Kind == Kind.Steady));
        Assert.Contains("leaves 0x3 for keccak", Assert.Single(results.Remarks, IsOfLater), StringComparison.Ordinal);

        static bool IsOfLater(string remark) => remark.StartsWith("later is not measured", StringComparison.Ordinal);
    }

    [Fact]
    public void WhatFailsInTheEndDoesNotCostWhatWasMeasuredBefore()
    {
        using var engine = new FakeEngine(FakeEngine.Keccak);

        var results = Compare(KeccakPlan with { WarmUpRounds = 1 }, [engine.Define("native/pipeline", Kind.Steady)]);

        _ = Assert.Single(results.Series);
        Assert.Empty(results.WarmUp);
        Assert.Contains(results.Remarks, remark => remark.StartsWith("How tiers warm up is not measured:", StringComparison.Ordinal));
    }

    [Fact]
    public void TiersThatDoNotTakePartAreNotAskedHowTheyWarmUp()
    {
        using var engine = new FakeEngine(FakeEngine.Keccak);

        var results = Compare(KeccakPlan with { WarmUpRounds = 1 }, [engine.Define("one", Kind.Steady)]);

        Assert.DoesNotContain(results.Remarks, remark => remark.StartsWith("How tiers warm up", StringComparison.Ordinal));
    }

    [Fact]
    public void EngineOfWhichNothingIsTimedWarmIsNotSaidToBeUnsettled()
    {
        using var engine = new FakeEngine(FakeEngine.Keccak, "0x39e50259");

        var results = Compare(engine.Define("one", Kind.Process), engine.Define("two"));

        Assert.DoesNotContain(results.Remarks, remark => remark.Contains("settled", StringComparison.Ordinal));
    }

    [Fact]
    public void MissingProgramIsNoticedBeforeAnythingIsMeasured()
    {
        using var engine = new FakeEngine(FakeEngine.Keccak);

        _ = Assert.ThrowsAny<IOException>(() => new Comparison(
            KeccakPlan, [engine.Define("one", Kind.Steady)], new ProgramFiles("/nowhere", "saved"), null, "/nowhere/host", _view)
            .Run(Expected, "bench/test"));

        Assert.Empty(_view.Order);
    }

    private ResultFile Compare(params EngineDefinition[] engines) => Compare(KeccakPlan, engines);

    private ResultFile Compare(Plan plan, EngineDefinition[] engines) =>
        new Comparison(plan, engines, Files, null, "/nowhere/host", _view).Run(Expected, "bench/test");
}

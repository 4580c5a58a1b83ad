using System.Globalization;
using Pvm2.Compare.Host.Engines;
using Pvm2.Compare.Host.Platform;

namespace Pvm2.Compare.Tests.Host;

[Collection(ProcessMemoryTurns.Name)]
public sealed class ServerTests : IDisposable
{
    private const string Hello = "hello 1";
    private const string Load = "load guest";

    private readonly FakeEngine _engine = new();

    [Theory]
    [InlineData("hello 1")]
    [InlineData("hello 1 cpu=0")]
    [InlineData("hello 1 cpu=100000")]
    public void A_greeting_is_answered_with_name_and_version(string hello) =>
        Assert.Equal(["ok Fake 1.0"], Ask(hello));

    [Theory]
    [InlineData("hello")]
    [InlineData("hello 2")]
    [InlineData("hello 1 cpu=")]
    [InlineData("hello 1 cpu=-1")]
    [InlineData("hello 1 cpu=one")]
    [InlineData("hello 1 fast")]
    public void A_greeting_in_other_words_is_an_error(string hello) => AssertError(Assert.Single(Ask(hello)));

    [Theory]
    [InlineData("load guest")]
    [InlineData("compile 1")]
    [InlineData("memory")]
    public void Nothing_goes_without_a_greeting(string request)
    {
        Assert.Equal("error nobody has said hello", Assert.Single(Ask(request)));
        Assert.Empty(_engine.Loaded);
    }

    [Fact]
    public void An_obstacle_to_measuring_refuses_everything()
    {
        var answers = Conversation.Hold(() => _engine, () => "it is a debug build", Hello, Load);

        Assert.Equal(["error it is a debug build", "error nobody has said hello"], answers);
        Assert.True(_engine.IsDisposed);
    }

    [Fact]
    public void An_engine_that_cannot_be_made_gives_its_reason_in_one_line()
    {
        var answers = Conversation.Hold(() => throw new PlatformNotSupportedException("Not\non this machine."), Hello);

        Assert.Equal(["error Not on this machine."], answers);
    }

    [Fact]
    public void A_path_may_hold_spaces()
    {
        Assert.Equal("ok", Ask(Hello, "load /a folder/a guest.pvm2")[1]);
        Assert.Equal(["/a folder/a guest.pvm2"], _engine.Loaded);
    }

    [Fact]
    public void A_program_that_cannot_be_read_leaves_none()
    {
        var engine = new FakeEngine { LoadFailure = new IOException("There is no file.") };

        var answers = Conversation.Hold(() => engine, Hello, Load, "run 1");

        Assert.Equal(["error There is no file.", "error no program is loaded"], answers[1..]);
    }

    [Theory]
    [InlineData("compile 1")]
    [InlineData("cold 1")]
    [InlineData("run 1")]
    [InlineData("instances 1")]
    public void Nothing_is_measured_without_a_program(string request) =>
        Assert.Equal("error no program is loaded", Ask(Hello, request)[1]);

    [Fact]
    public void Compiling_is_repeated_and_nothing_of_it_kept()
    {
        var answer = Ask(Hello, Load, "compile 3")[2];

        Assert.Matches(@"^ok \d+$", answer);
        Assert.Equal(3, _engine.Compiled);
        Assert.Equal((0, 0), (_engine.Live, _engine.Runs));
    }

    [Fact]
    public void Cold_runs_are_repeated_from_the_start_and_nothing_of_them_kept()
    {
        var answer = Ask(Hello, Load, "cold 3")[2];

        Assert.Matches(@"^ok \d+ 0xabc$", answer);
        Assert.Equal(3, _engine.Runs);
        Assert.Equal((0, 0, 1), (_engine.Live, _engine.LiveInstances, _engine.MostLiveInstances));
    }

    [Fact]
    public void Runs_are_those_of_one_instance_that_has_run_before()
    {
        var answers = Ask(Hello, Load, "run 5", "run 2");

        Assert.All(answers[2..], answer => Assert.Matches(@"^ok \d+ 0xabc$", answer));
        Assert.Equal(1 + 5 + 2, _engine.Runs);
        Assert.Equal(1, _engine.MostLiveInstances);
    }

    [Fact]
    public void Another_program_gets_another_instance_and_may_leave_another_result()
    {
        _engine.Results.Enqueue(0xdef);

        var answers = Ask(Hello, Load, "cold 1", Load, "run 1");

        Assert.EndsWith(" 0xabc", answers[2], StringComparison.Ordinal);
        Assert.EndsWith(" 0xdef", answers[4], StringComparison.Ordinal);
        Assert.Equal((0, 0, 1), (_engine.Live, _engine.LiveInstances, _engine.MostLiveInstances));
    }

    [Fact]
    public void Instances_live_at_once_and_run_once()
    {
        var answer = Ask(Hello, Load, "instances 5")[2];

        Assert.Matches(@"^ok \d+ \d+$", answer);

        // One more compiles the program, before the clock starts.
        Assert.Equal((6, 6), (_engine.MostLiveInstances, _engine.Runs));
        Assert.Equal((0, 0), (_engine.Live, _engine.LiveInstances));
    }

    [Fact]
    public void Instances_that_find_no_room_are_counted_and_freed()
    {
        var engine = new FakeEngine { Room = 4 };

        var answers = Conversation.Hold(() => engine, Hello, Load, "instances 5", "run 1");

        Assert.Equal("error there is no room for more than 3 instances: The system is full.", answers[2]);
        Assert.Matches(@"^ok \d+ 0xabc$", answers[3]);
        Assert.Equal((0, 0), (engine.Live, engine.LiveInstances));
    }

    [Theory]
    [InlineData("compile")]
    [InlineData("cold")]
    [InlineData("run")]
    [InlineData("instances")]
    public void What_an_engine_does_not_do_is_unsupported_and_no_error(string request)
    {
        var engine = new FakeEngine { Unsupported = Enum.Parse<MeasuredKind>(request, ignoreCase: true) };

        Assert.Equal("unsupported it has no way to", Conversation.Hold(() => engine, Hello, Load, request + " 1")[2]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1 1")]
    [InlineData("many")]
    [InlineData("1000000001")]
    [InlineData("99999999999999999999")]
    public void Repetitions_are_a_number_within_reason(string number)
    {
        var answers = Ask(Hello, Load, "compile " + number, "cold " + number, "run " + number, "instances " + number);

        Assert.All(answers[2..], AssertError);
        Assert.Equal((0, 0), (_engine.Compiled, _engine.Runs));
    }

    [Fact]
    public void The_timed_runs_keep_to_the_processor_and_nothing_else_does()
    {
        var all = ProcessorPin.FindAllowed();
        var one = all.TakeLast(1).ToArray();

        _ = Ask($"hello 1 cpu={(one.Length == 0 ? 0 : one[0])}", Load, "cold 1", "run 2");

        Assert.Equal([all, all, one, one], _engine.ProcessorsOfRuns);
        Assert.Equal(all, ProcessorPin.FindAllowed());
    }

    [Theory]
    [InlineData("cold 2", 1)]
    [InlineData("run 1", 1)]
    [InlineData("instances 1", 1)]
    public void Runs_that_leave_different_results_are_an_error(string request, ulong other)
    {
        _engine.Results.Enqueue(other);

        Assert.Equal("error a run left 0x1, and one before it 0xabc", Ask(Hello, Load, request)[2]);
        Assert.Equal((0, 0), (_engine.Live, _engine.LiveInstances));
    }

    [Fact]
    public void Memory_is_that_of_the_process()
    {
        var words = Ask(Hello, "memory")[1].Split(' ');

        Assert.Equal("ok", words[0]);
        var (resident, peak) = (long.Parse(words[1], CultureInfo.InvariantCulture), long.Parse(words[2], CultureInfo.InvariantCulture));
        Assert.InRange(resident, 1 << 20, peak);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hallo 1")]
    [InlineData("RUN 1")]
    [InlineData("load")]
    [InlineData("\u0000\u0001\uffff")]
    public void Garbage_is_an_error_and_the_next_request_is_answered(string garbage)
    {
        var engine = new FakeEngine { LoadFailure = new ArgumentException("A path is empty.") };

        var answers = Conversation.Hold(() => engine, Hello, garbage, Hello);

        AssertError(answers[1]);
        Assert.Equal("ok Fake 1.0", answers[2]);
    }

    [Fact]
    public void Quit_has_no_answer_and_what_follows_is_not_read()
    {
        Assert.Equal(["ok Fake 1.0"], Ask(Hello, "quit", Load));
        Assert.Empty(_engine.Loaded);
        Assert.True(_engine.IsDisposed);
    }

    [Fact]
    public void The_end_of_the_input_is_like_quit()
    {
        Assert.Empty(Ask());
        Assert.False(_engine.IsDisposed);
        _ = Ask(Hello);
        Assert.True(_engine.IsDisposed);
    }

    public void Dispose() => _engine.Dispose();

    private static void AssertError(string answer) => Assert.Matches("^error [^\n]+$", answer);

    private string[] Ask(params string[] requests) => Conversation.Hold(() => _engine, requests);
}

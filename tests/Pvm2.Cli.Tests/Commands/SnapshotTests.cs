using System.Text.Json;
using Pvm2.Cli.Input;
using Pvm2.Cli.Running;
using Pvm2.Cli.Tests.Kit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Text;
using Xunit;

namespace Pvm2.Cli.Tests.Commands;

/// <summary>Runs that are stopped at a gas mark, written down and gone on with.</summary>
public sealed class SnapshotTests : IDisposable
{
    private const string Middle = "2000";

    private readonly Folder _folder = new();
    private readonly string _guest;
    private readonly string _snapshot;

    public SnapshotTests()
    {
        _guest = _folder.Write("guest.s", Sources.Count);
        _snapshot = _folder.At("guest.pvms");
    }

    public static TheoryData<string, string> TierPairs()
    {
        var names = TierCatalog.Names.Where(name => TierCatalog.TryFind(name, out _, out _)).ToList();
        var pairs = new TheoryData<string, string>();
        for (var i = 0; i < names.Count; i++)
        {
            pairs.Add(names[i], names[(i + 1) % names.Count]);
        }

        return pairs;
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(TierPairs))]
    public void A_run_in_pieces_ends_as_in_one(string first, string second)
    {
        var whole = CommandHarness.Run("run", _guest, "--json").Json;
        var paused = CommandHarness.Run("run", _guest, "--tier", first, "--json", "--snapshot-at", Middle, "--snapshot", _snapshot);
        Assert.Equal(ExitCode.Paused, paused.Code);
        var later = _folder.At("later.pvms");
        var again = CommandHarness.Run("resume", _snapshot, "--tier", second, "--json", "--snapshot-at", "3000", "--snapshot", later);
        Assert.Equal(ExitCode.Paused, again.Code);
        var resumed = CommandHarness.Run("resume", later, "--tier", first, "--json");

        Assert.Equal(ExitCode.Success, resumed.Code);
        foreach (var property in (string[])["exit", "result", "pc", "registers", "gasUsed", "gasLeft", "sha256"])
        {
            Assert.Equal(whole.GetProperty(property).GetRawText(), resumed.Json.GetProperty(property).GetRawText());
        }

        Assert.Equal(500500, Convert.ToInt32(resumed.Json.GetProperty("result").GetString(), 16));
    }

    [Fact]
    public void A_pause_is_reported_with_its_file()
    {
        var result = Pause("--json");
        var document = result.Json;

        Assert.Equal(14, (int)result.Code);
        Assert.Equal(("paused", 14), (document.GetProperty("exit").GetString(), document.GetProperty("exitCode").GetInt32()));
        Assert.InRange(document.GetProperty("gasUsed").GetInt32(), 1900, 2000);
        var written = document.GetProperty("snapshot");
        Assert.Equal(_snapshot, written.GetProperty("file").GetString());
        Assert.Equal(new FileInfo(_snapshot).Length, written.GetProperty("bytes").GetInt64());
        Assert.Equal(1, written.GetProperty("pages").GetInt32());
        Assert.Matches(@"exit      paused before 0x\w+ <loop>", Pause().Output);
        Assert.Contains($"snapshot  {_snapshot}, ", Pause().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resumed_run_has_no_entry_and_tells_the_gas_of_the_whole_run()
    {
        Pause("--gas", "100000");
        var document = CommandHarness.Run("resume", _snapshot, "--json").Json;

        Assert.Equal(JsonValueKind.Null, document.GetProperty("entry").ValueKind);
        Assert.Equal(JsonValueKind.Null, document.GetProperty("snapshot").ValueKind);
        Assert.Equal(100_000, document.GetProperty("gasLimit").GetInt32());
        Assert.Equal(_snapshot, document.GetProperty("file").GetString());
    }

    [Fact]
    public void The_same_state_is_the_same_file_and_replaces_the_one_that_is_there()
    {
        Pause("--tier", "interpreter");
        var bytes = File.ReadAllBytes(_snapshot);
        File.WriteAllText(_snapshot, "something else, and longer: " + new string('x', 10_000));
        Pause();

        Assert.Equal(bytes, File.ReadAllBytes(_snapshot));
        Assert.Equal(["guest.pvms", "guest.s"], Directory.GetFiles(Path.GetDirectoryName(_snapshot)!).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_run_that_ends_before_the_mark_is_not_written_down()
    {
        var result = CommandHarness.Run("run", _guest, "--snapshot-at", "1_000_000_000", "--snapshot", _snapshot);

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Contains("(500500)", result.Output, StringComparison.Ordinal);
        Assert.Equal($"pvm2: {_snapshot} was not written: the run ended before the mark\n", result.Error);
        Assert.False(File.Exists(_snapshot));
    }

    [Fact]
    public void Gas_can_be_added()
    {
        Pause("--gas", "2100");

        Assert.Equal(ExitCode.OutOfGas, CommandHarness.Run("resume", _snapshot).Code);
        Assert.Equal(ExitCode.Success, CommandHarness.Run("resume", _snapshot, "--add-gas", "1_000_000").Code);
    }

    [Fact]
    public void Gas_beyond_64_bits_is_no_limit()
    {
        Pause();
        var document = CommandHarness.Run("resume", _snapshot, "--add-gas", "18446744073709551615", "--json").Json;

        Assert.Equal("halt", document.GetProperty("exit").GetString());
        Assert.Equal(JsonValueKind.Null, document.GetProperty("gasLimit").ValueKind);
    }

    [Fact]
    public void A_profile_of_a_run_without_gas_is_refused()
    {
        var program = AssemblySource.TryAssemble("guest.s", File.ReadAllBytes(_guest), new AssemblerOptions(), out var made, out _)
            ? made
            : throw new InvalidOperationException("The guest cannot be assembled.");
        Assert.True(Module.TryCreate(program, out var module, out _));
        using (var instance = module.CreateInstance(new InstanceOptions { GasModel = GasModel.None }))
        {
            instance.Start();
            File.WriteAllBytes(_snapshot, instance.TakeSnapshot(withProgram: true).ToArray());
        }

        foreach (var options in (string[][])[["--profile"], ["--trace", "--trace-from", "5"]])
        {
            var result = CommandHarness.Run(["resume", _snapshot, .. options]);
            Assert.Equal(ExitCode.Usage, result.Code);
            Assert.Contains("nothing is metered", result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(ExitCode.Success, CommandHarness.Run("resume", _snapshot, "--trace").Code);
    }

    [Fact]
    public void Without_the_program_the_snapshot_is_smaller_and_the_program_must_be_named()
    {
        Pause();
        var size = new FileInfo(_snapshot).Length;
        Pause("--snapshot-without-program");
        Assert.InRange(new FileInfo(_snapshot).Length, 220, size - 10);

        var missing = CommandHarness.Run("resume", _snapshot);
        Assert.Equal(ExitCode.Usage, missing.Code);
        Assert.Contains("name it with --program", missing.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, CommandHarness.Run("resume", _snapshot, "--program", _guest).Code);
        var other = CommandHarness.Run("resume", _snapshot, "--program", _folder.Write("other.s", Sources.Answer));
        Assert.Equal(ExitCode.InvalidSnapshot, other.Code);
        Assert.Contains("at 0x8: it is of the program", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_guest_is_written_down_and_gone_on_with()
    {
        var saved = _folder.At("Counting.dll");
        Assert.Equal(ExitCode.Success, CommandHarness.Run("aot", _guest, "-o", saved).Code);
        Assert.Equal(
            ExitCode.Paused, CommandHarness.Run("run", saved, "--snapshot-at", Middle, "--snapshot", _snapshot).Code);

        Assert.Contains("(500500)", CommandHarness.Run("resume", _snapshot).Output, StringComparison.Ordinal);
        var resumed = CommandHarness.Run("resume", _snapshot, "--program", saved, "--json");
        Assert.Equal(ExitCode.Success, resumed.Code);
        Assert.Equal(saved, resumed.Json.GetProperty("file").GetString());
    }

    [Fact]
    public void Files_that_are_no_snapshots_are_refused()
    {
        Pause();
        var bytes = File.ReadAllBytes(_snapshot);
        bytes[^1] ^= 1;
        var damaged = CommandHarness.Run("resume", _folder.Write("damaged.pvms", bytes), "--json");
        Assert.Equal(25, (int)damaged.Code);
        Assert.Equal("invalidSnapshot", damaged.Json.GetProperty("error").GetProperty("kind").GetString());
        Assert.Contains("SHA-256", damaged.Error, StringComparison.Ordinal);

        Assert.Equal(ExitCode.InvalidSnapshot, CommandHarness.Run("resume", _guest).Code);
        Assert.Equal(ExitCode.InputOutput, CommandHarness.Run("resume", _folder.At("nothing.pvms")).Code);
        var run = CommandHarness.Run("run", _snapshot);
        Assert.Equal(ExitCode.InvalidProgram, run.Code);
        Assert.Contains("only 'pvm2 resume' takes", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_that_cannot_be_written_is_an_error()
    {
        var target = Path.Combine(_folder.At("nowhere"), "guest.pvms");
        var result = CommandHarness.Run("run", _guest, "--snapshot-at", Middle, "--snapshot", target);

        Assert.Equal(ExitCode.InputOutput, result.Code);
        Assert.Contains("no such file or directory", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_stays_one_and_only_the_place_of_its_file_matters()
    {
        // Nothing with a longer name can be made beside this link.
        var link = _folder.At(new string('l', 255));
        File.WriteAllBytes(_snapshot, []);
        File.CreateSymbolicLink(link, _snapshot);
        var result = CommandHarness.Run("run", _guest, "--snapshot-at", Middle, "--snapshot", link);

        Assert.Equal(ExitCode.Paused, result.Code);
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal(ExitCode.Success, CommandHarness.Run("resume", _snapshot).Code);
    }

    [Fact]
    public void What_makes_no_sense_is_a_usage_error()
    {
        Assert.Equal(ExitCode.Usage, CommandHarness.Run("run", _guest, "--snapshot-at", Middle).Code);
        Assert.Equal(ExitCode.Usage, CommandHarness.Run("run", _guest, "--snapshot-without-program").Code);
        Assert.Equal(ExitCode.Usage, Pause("--gas-model", "none").Code);
        Assert.Equal(ExitCode.Usage, Pause("--gas-model", "free").Code);
        Assert.False(File.Exists(_snapshot));

        Pause();
        var past = CommandHarness.Run("resume", _snapshot, "--snapshot-at", "10", "--snapshot", _folder.At("x"));
        Assert.Equal(ExitCode.Usage, past.Code);
        Assert.Contains("gas are used already", past.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_needs_room_for_its_memory()
    {
        Pause();
        Assert.Equal(ExitCode.LimitExceeded, CommandHarness.Run("resume", _snapshot, "--max-memory", "1KiB").Code);
    }

    private CommandResult Pause(params string[] arguments) =>
        CommandHarness.Run(["run", _guest, "--snapshot-at", Middle, "--snapshot", _snapshot, .. arguments]);
}

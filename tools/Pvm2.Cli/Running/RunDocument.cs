using Pvm2.Cli.Observing;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Isa;

namespace Pvm2.Cli.Running;

/// <summary>What <c>run --json</c> prints of a run that started. The fields are described in docs/cli.md.</summary>
internal sealed record RunDocument(
    string File,
    string Sha256,
    string Profile,
    string Tier,
    string? Entry,
    string Exit,
    int ExitCode,
    string? Result,
    string Pc,
    string? FaultAddress,
    string? HostCall,
    int? Selector,
    IReadOnlyDictionary<string, string> Registers,
    string GasModel,
    ulong? GasLimit,
    ulong? GasUsed,
    ulong? GasLeft,
    ulong? InstructionsRetired,
    double ElapsedMilliseconds,
    GuestBytesDocument Stdout,
    GuestBytesDocument Stderr,
    WrittenSnapshot? Snapshot,
    StatisticsDocument? Stats,
    ErrorDocument? Error = null)
{
    /// <summary>Describes a run.</summary>
    public static RunDocument Of(RunOutcome outcome, ExitCode code, CapturedStream stdout, CapturedStream stderr)
    {
        var exit = outcome.Exit;
        return new RunDocument(
            outcome.Source.Path,
            outcome.Sha256,
            outcome.Source.Program.Profile.Word(),
            outcome.Tier,
            outcome.Entry,
            outcome.ExitWord,
            (int)code,
            outcome.Result is { } result ? Hex.Result(result) : null,
            Hex.Address(exit.ProgramCounter),
            outcome.FaultAddress is { } address ? Hex.Address(address) : null,
            outcome.HostCall is { } kind ? kind.Word() : null,
            outcome.Selector,
            NameRegisters(outcome.Registers),
            outcome.GasModel.Word(),
            outcome.GasLimit,
            outcome.GasUsed,
            outcome.GasLeft,
            outcome.InstructionsRetired,
            Math.Round(outcome.Elapsed.TotalMilliseconds, 3),
            GuestBytesDocument.Of(stdout),
            GuestBytesDocument.Of(stderr),
            outcome.Snapshot,
            outcome.Statistics is { } statistics ? StatisticsDocument.Of(statistics) : null);
    }

    private static OrderedDictionary<string, string> NameRegisters(IReadOnlyList<ulong> registers)
    {
        var named = new OrderedDictionary<string, string>(registers.Count);
        for (var register = 0; register < registers.Count; register++)
        {
            named.Add(RegisterNames.AbiName(register), Hex.Word(registers[register]));
        }

        return named;
    }
}

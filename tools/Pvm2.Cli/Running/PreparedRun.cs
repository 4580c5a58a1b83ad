using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Pvm2.Cli.Input;
using Pvm2.Cli.Output;
using Pvm2.Native;
using Pvm2.Native.Inspection;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.Cli.Running;

/// <summary>A program, loaded, and the tier to run it: all that can fail before there is a guest has not failed.</summary>
internal sealed class PreparedRun
{
    private readonly RunRequest _request;
    private readonly SourceProgram _source;
    private readonly Module _module;
    private readonly ITier _tier;
    private readonly string _entry;

    private PreparedRun(
        RunRequest request, SourceProgram source, Module module, ITier tier, string entry)
    {
        _request = request;
        _source = source;
        _module = module;
        _tier = tier;
        _entry = entry;
    }

    /// <summary>Finds the tier, reads and loads the program and finds the entry point.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="perfMap">Told of the machine code, on the native tier; null for no one.</param>
    /// <param name="run">The run.</param>
    /// <param name="failure">What is wrong.</param>
    public static bool TryPrepare(
        RunRequest request,
        PerfMap? perfMap,
        [NotNullWhen(true)] out PreparedRun? run,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        run = null;
        if (!GuestSource.TryRead(request, out var guest, out failure)
            || !TryFindEntry(request, guest.Source, out var entry, out failure))
        {
            return false;
        }

        var tier = perfMap is null ? guest.Tier : new NativeTier { PerfMap = perfMap };
        run = new PreparedRun(request, guest.Source, guest.Module, tier, entry);
        return true;
    }

    /// <summary>Runs the guest until it ends, or until it is cancelled.</summary>
    public bool TryRun(
        Stream input,
        Stream output,
        Stream error,
        CancellationToken cancellation,
        [NotNullWhen(true)] out RunOutcome? outcome,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        var calls = new DefaultHost(input, output, error).CreateTable();
        outcome = null;
        if (!TryCreateInstance(calls, out var instance, out failure))
        {
            return false;
        }

        using (instance)
        {
            var watch = Stopwatch.StartNew();
            instance.Start(_entry, [.. _request.Arguments]);
            var exit = instance.Run(cancellation);
            outcome = Describe(instance, exit, watch.Elapsed);
        }

        output.Flush();
        error.Flush();
        return true;
    }

    private static bool TryFindEntry(
        RunRequest request,
        SourceProgram source,
        [NotNullWhen(true)] out string? entry,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        var names = source.Program.EntryPoints.Select(point => point.Name);
        entry = names.FirstOrDefault(name => request.Entry is null || name == request.Entry);
        failure = entry is not null ? null : new CommandFailure(
            ExitCode.Usage,
            request.Entry is null
                ? $"{source.Path}: has no entry point"
                : $"{source.Path}: has no entry point '{request.Entry}'; it has: {string.Join(", ", names)}");
        return entry is not null;
    }

    private bool TryCreateInstance(
        HostCallTable calls,
        [NotNullWhen(true)] out Instance? instance,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        try
        {
            failure = _module.TryCreateInstance(OptionsFor(calls), out instance) ? null : Refuse(
                $"declares {Figures.Count(_module.Memory.TotalSize)} bytes of memory, and --max-memory allows "
                    + Figures.Count(_request.MaxMemory));
        }
        catch (OutOfMemoryException exception)
        {
            (instance, failure) = (null, Refuse($"there is no room for it: {exception.Message}"));
        }

        return instance is not null;
    }

    private InstanceOptions OptionsFor(HostCallTable calls) => new()
    {
        Gas = _request.Gas ?? ulong.MaxValue,
        GasModel = _request.GasModel,
        HostCalls = calls,
        MaxMemory = _request.MaxMemory,
        Tier = _tier,
    };

    private CommandFailure Refuse(string reason) => new(ExitCode.LimitExceeded, $"{_source.Path}: {reason}");

    private RunOutcome Describe(Instance instance, Exit exit, TimeSpan elapsed)
    {
        var registers = new ulong[RegisterNames.Count];
        instance.Registers.CopyTo(registers);
        return new RunOutcome
        {
            Source = _source,
            Module = _module,
            Tier = instance.CurrentTier.Name,
            Entry = _entry,
            Exit = exit,
            Registers = registers,
            GasModel = _request.GasModel,
            GasLimit = instance.GasLeft is null ? null : _request.Gas,
            GasUsed = instance.GasUsed,
            GasLeft = instance.GasLeft,
            InstructionsRetired = RetiredInstructions.Count(_module, _request.GasModel, instance.GasUsed, exit),
            Elapsed = elapsed,
        };
    }
}

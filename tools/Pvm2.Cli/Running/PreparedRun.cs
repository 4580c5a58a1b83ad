using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Pvm2.Cli.Input;
using Pvm2.Cli.Observing;
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
    private readonly GuestSource _guest;
    private readonly SourceProgram _source;
    private readonly Module _module;
    private readonly ITier _tier;
    private readonly string _entry;

    private PreparedRun(
        RunRequest request, GuestSource guest, ITier tier, string entry)
    {
        _request = request;
        _guest = guest;
        _source = guest.Source;
        _module = guest.Module;
        _tier = tier;
        _entry = entry;
    }

    /// <summary>What is to run.</summary>
    public Module Module => _module;

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
            || !TryFindEntry(request, guest.Source, out var entry, out failure)
            || (request.Snapshot is { } snapshot && !BoundedFile.TryPrepareToReplace(snapshot.File, out failure)))
        {
            return false;
        }

        var tier = perfMap is null ? guest.Tier : new NativeTier { PerfMap = perfMap };
        run = new PreparedRun(request, guest, tier, entry);
        return true;
    }

    /// <summary>Runs the guest until it ends, or until it is cancelled.</summary>
    public bool TryRun(
        Stream input,
        Stream output,
        Stream error,
        RunObservation observation,
        CancellationToken cancellation,
        [NotNullWhen(true)] out RunOutcome? outcome,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        var calls = observation.Observe(new DefaultHost(input, output, error).CreateTable());
        var tier = observation.Begin(_tier);
        outcome = null;
        if (!TryCreateInstance(tier, calls, out var instance, out failure))
        {
            return false;
        }

        observation.Attach(instance, tier);
        using (instance)
        {
            var watch = Stopwatch.StartNew();
            var exit = Run(instance, cancellation);
            var elapsed = watch.Elapsed;
            var isCancelled = cancellation.IsCancellationRequested;
            if (!RunSnapshot.TryWrite(_request, instance, exit, isCancelled, out var snapshot, out failure))
            {
                return false;
            }

            outcome = Describe(instance, tier, exit, elapsed, observation) with
            {
                IsPaused = exit.Reason == ExitReason.Cancelled && !isCancelled,
                Snapshot = snapshot,
            };
        }

        observation.Complete();
        output.Flush();
        error.Flush();
        return true;
    }

    private Exit Run(Instance instance, CancellationToken cancellation)
    {
        if (_request.Resume is { } resume)
        {
            instance.AddGas(resume.AddedGas);
        }
        else
        {
            instance.Start(_entry, [.. _request.Arguments]);
        }

        var gas = _request.Snapshot?.Mark - instance.GasUsed;
        return instance.Run(new RunLimits { Gas = gas, Cancellation = cancellation });
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
        ITier tier,
        HostCallTable calls,
        [NotNullWhen(true)] out Instance? instance,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        try
        {
            failure = CreateInstance(OptionsFor(tier, calls), out instance);
        }
        catch (OutOfMemoryException exception)
        {
            (instance, failure) = (null, Refuse($"there is no room for it: {exception.Message}"));
        }

        return instance is not null;
    }

    /// <summary>Makes the instance, new or from the snapshot, or says why it cannot be.</summary>
    private CommandFailure? CreateInstance(InstanceOptions options, out Instance? instance)
    {
        instance = null;
        if (_module.Memory.TotalSize > options.MaxMemory)
        {
            return Refuse(
                $"declares {Figures.Count(_module.Memory.TotalSize)} bytes of memory, and --max-memory allows "
                    + Figures.Count(options.MaxMemory));
        }

        if (_request.Resume is not { } resume)
        {
            instance = _module.CreateInstance(options);
            return null;
        }

        return _module.TryRestore(resume.Snapshot, options, out instance, out var error)
            ? null
            : SnapshotSource.Describe(resume.File, error);
    }

    private InstanceOptions OptionsFor(ITier tier, HostCallTable calls) => new()
    {
        Gas = _request.Gas ?? ulong.MaxValue,
        GasModel = _request.GasModel,
        HostCalls = calls,
        MaxMemory = _request.MaxMemory,
        Tier = tier,
    };

    private CommandFailure Refuse(string reason) => new(ExitCode.LimitExceeded, $"{_source.Path}: {reason}");

    /// <summary>The gas that there was for the whole run; null where that was as much as there can be, or nothing is metered.</summary>
    private ulong? LimitOf(Instance instance)
    {
        if (_request.Resume is null)
        {
            return instance.GasLeft is null ? null : _request.Gas;
        }

        // Gas can be added while it is used, so both together may not fit.
        return instance is { GasLeft: { } left, GasUsed: { } used } && used < ulong.MaxValue - left ? left + used : null;
    }

    private RunOutcome Describe(Instance instance, ITier tier, Exit exit, TimeSpan elapsed, RunObservation observation)
    {
        var registers = new ulong[RegisterNames.Count];
        instance.Registers.CopyTo(registers);
        return new RunOutcome
        {
            Source = _source,
            Module = _module,
            Tier = instance.CurrentTier.Name,
            Entry = _request.Resume is null ? _entry : null,
            Exit = exit,
            IsPaused = false,
            Snapshot = null,
            Registers = registers,
            GasModel = _request.GasModel,
            GasLimit = LimitOf(instance),
            GasUsed = instance.GasUsed,
            GasLeft = instance.GasLeft,
            InstructionsRetired = RetiredInstructions.Count(_module, _request.GasModel, instance.GasUsed, exit),
            Elapsed = elapsed,
            Statistics = observation.Describe(_guest, instance, tier, elapsed),
        };
    }
}

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Pvm2.Cli.Input;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.Cli.Running;

/// <summary>A program, loaded, and a tier to run it: all that can fail before there is a guest has not failed.</summary>
internal sealed class PreparedRun
{
    private readonly RunRequest _request;
    private readonly SourceProgram _source;
    private readonly Module _module;
    private readonly ITier _tier;
    private readonly string _entry;

    private PreparedRun(RunRequest request, SourceProgram source, Module module, ITier tier, string entry)
    {
        _request = request;
        _source = source;
        _module = module;
        _tier = tier;
        _entry = entry;
    }

    /// <summary>Finds the tier, reads and loads the program and finds the entry point.</summary>
    public static bool TryPrepare(
        RunRequest request,
        [NotNullWhen(true)] out PreparedRun? run,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        run = null;
        if (!TierCatalog.TryFind(request.Tier, out var tier, out failure)
            || !ProgramSource.TryRead(request.File, request.Profile, out var source, out failure)
            || !ModuleSource.TryLoad(source, out var module, out failure)
            || !TryFindEntry(request, source, out var entry, out failure))
        {
            return false;
        }

        run = new PreparedRun(request, source, module, tier, entry);
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
        var options = new InstanceOptions
        {
            Gas = _request.Gas ?? ulong.MaxValue,
            GasModel = _request.GasModel,
            HostCalls = new DefaultHost(input, output, error).CreateTable(),
            MaxMemory = _request.MaxMemory,
            Tier = _tier,
        };
        outcome = null;
        if (!TryCreateInstance(options, out var instance, out failure))
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
        InstanceOptions options,
        [NotNullWhen(true)] out Instance? instance,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        var size = Figures.Count(_module.Memory.TotalSize);
        try
        {
            failure = _module.TryCreateInstance(options, out instance) ? null : new CommandFailure(
                ExitCode.LimitExceeded,
                $"{_source.Path}: declares {size} bytes of memory, and --max-memory allows "
                    + Figures.Count(options.MaxMemory));
        }
        catch (OutOfMemoryException exception)
        {
            instance = null;
            failure = new CommandFailure(
                ExitCode.LimitExceeded,
                $"{_source.Path}: declares {size} bytes of memory, more than there is: {exception.Message}");
        }

        return instance is not null;
    }

    private RunOutcome Describe(Instance instance, Exit exit, TimeSpan elapsed)
    {
        var registers = new ulong[RegisterNames.Count];
        instance.Registers.CopyTo(registers);
        return new RunOutcome
        {
            Source = _source,
            Module = _module,
            Tier = _tier.Name,
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

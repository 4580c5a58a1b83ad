using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Pvm2.Cli.Commands;
using Pvm2.Cli.Input;
using Pvm2.Cli.Output;
using Pvm2.Cli.Running;
using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Governing;

namespace Pvm2.Cli.Observing;

/// <summary>All that watches a run, as the command line asked: what it needs is put between the guest and its tier and host.</summary>
internal sealed class RunObservation : IDisposable
{
    private readonly Module _module;
    private readonly GasModel _model;
    private readonly ITier? _tier;
    private readonly BlockTrace? _trace;
    private readonly TextWriter? _traceWriter;
    private readonly ProfileFile? _profileFile;
    private readonly GasProfiler? _profiler;
    private readonly HostCallCounts? _hostCalls;
    private TimeSpan? _priceTime;
    private long _creationStarted;
    private TimeSpan _creationTime;

    private RunObservation(RunRequest request, Module module, TextWriter? traceWriter, ProfileFile? profileFile)
    {
        var observation = request.Observation;
        (_module, _model) = (module, request.GasModel);
        _traceWriter = traceWriter;
        _trace = traceWriter is null ? null : new BlockTrace(traceWriter, observation);
        _profileFile = profileFile;
        _hostCalls = observation.Stats ? new HostCallCounts() : null;
        if (observation.NeedsBlocks)
        {
            // The profiler asks for the prices, and what comes first is what takes the time.
            TimePricing();
        }

        _profiler = observation.Profile is null ? null : new GasProfiler(module, request.GasModel);
        var observers = new IBlockObserver?[] { _trace, _profiler }.OfType<IBlockObserver>().ToList();
        _tier = observers.Count == 0 ? null : new ObservedTier(new BlockObservers(observers));
    }

    /// <summary>Gets ready to watch a run, files opened.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="module">What is to run.</param>
    /// <param name="output">The standard streams.</param>
    /// <param name="observation">To be disposed of after the run.</param>
    /// <param name="failure">Why a file cannot be written.</param>
    public static bool TryOpen(
        RunRequest request,
        Module module,
        CommandOutput output,
        [NotNullWhen(true)] out RunObservation? observation,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        observation = null;
        if (!TryOpenTrace(request.Observation, output, out var trace, out failure))
        {
            return false;
        }

        if (!ProfileFile.TryOpen(request.Observation, out var profile, out failure))
        {
            trace?.Dispose();
            return false;
        }

        observation = new RunObservation(request, module, trace, profile);
        return true;
    }

    /// <summary>The host calls that the guest is to have.</summary>
    public HostCallTable Observe(HostCallTable calls) => _hostCalls?.Observe(calls) ?? calls;

    /// <summary>To be called before there is an instance.</summary>
    /// <param name="tier">What the guest may run on.</param>
    /// <returns>What it is to run on.</returns>
    public ITier Begin(ITier tier)
    {
        tier = _tier ?? tier;
        var first = tier is Governor governor ? governor.Stages[^1].Tier : tier;
        if (first.Name != TierCatalog.Native)
        {
            // That tier prices blocks while it compiles them; all others use the module's table.
            TimePricing();
        }

        _creationStarted = Stopwatch.GetTimestamp();
        return tier;
    }

    /// <summary>To be called as soon as there is an instance.</summary>
    public void Attach(Instance instance, ITier tier)
    {
        _creationTime = Stopwatch.GetElapsedTime(_creationStarted) - _module.GetStatistics(tier, _model).PreparationTime;
        _trace?.Attach(instance);
    }

    /// <summary>What <c>--stats</c> tells of a run that has ended; null where it was not asked for.</summary>
    public RunStatistics? Describe(GuestSource guest, Instance instance, ITier tier, TimeSpan elapsed)
    {
        if (_hostCalls is null)
        {
            return null;
        }

        var code = _module.GetStatistics(tier, _model);
        return new RunStatistics
        {
            Read = guest.ReadTime,
            Load = guest.LoadTime,
            Price = _priceTime,
            Compile = code.PreparationTime,
            Instance = _creationTime,
            Run = elapsed,
            Blocks = _module.Blocks.Count,
            Instructions = CodeStatistics.OfAll(_module, CodeForm.Unknown, bytes: 0).Instructions,
            Code = code,
            Promotions = (tier as Governor)?.Statistics.Stages.Sum(stage => stage.Promoted),
            GasUsed = instance.GasUsed,
            Memory = _module.Memory.TotalSize,
            TouchedPages = instance.Memory.CountTouchedPages(),
            HostCalls = _hostCalls,
        };
    }

    /// <summary>Writes what was held back until the guest has ended.</summary>
    public void Complete()
    {
        _traceWriter?.Flush();
        if (_profileFile is not null && _profiler is not null)
        {
            _profileFile.Write(_profiler.GetProfile());
        }
    }

    /// <summary>Closes files of which one could not be written, whose failure is told already.</summary>
    public void Abandon()
    {
        foreach (var file in new IDisposable?[] { _traceWriter, _profileFile })
        {
            try
            {
                file?.Dispose();
            }
            catch (IOException)
            {
                // What was held back goes the way of what could not be written before.
            }
        }
    }

    /// <summary>Tells people what was seen, as far as it did not go to a file.</summary>
    public void Report(RunStatistics? statistics, TextWriter writer, Palette palette)
    {
        if (statistics is not null)
        {
            StatisticsReport.Write(statistics, writer, palette);
        }

        ReportProfile(writer, palette);
    }

    /// <summary>Tells people where the gas went, unless that went to a file.</summary>
    public void ReportProfile(TextWriter writer, Palette palette)
    {
        if (_profileFile is null && _profiler is not null)
        {
            ProfileReport.Write(_profiler.GetProfile(), _module.Program, writer, palette);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _traceWriter?.Dispose();
        _profileFile?.Dispose();
    }

    private void TimePricing()
    {
        if (_hostCalls is not null && _priceTime is null && _model != GasModel.None)
        {
            var started = Stopwatch.GetTimestamp();
            _ = _module.Price(_model);
            _priceTime = Stopwatch.GetElapsedTime(started);
        }
    }

    private static bool TryOpenTrace(
        ObservationRequest request,
        CommandOutput output,
        out TextWriter? writer,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        (writer, failure) = (null, null);
        if (request.Trace is null)
        {
            return true;
        }

        if (request.Trace == ObservationOptions.Standard)
        {
            writer = new StreamWriter(output.ErrorStream, leaveOpen: true) { NewLine = "\n" };
            return true;
        }

        if (!BoundedFile.TryCreate(request.Trace, out var stream, out failure))
        {
            return false;
        }

        writer = new StreamWriter(stream) { NewLine = "\n" };
        return true;
    }
}

using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Memory;

namespace Pvm2.Runtime.Governing;

/// <summary>
/// The tier that chooses between others: a module starts in the one that has it running soonest, and what is hot goes
/// on in better code while it runs. A guest cannot tell. Safe for use by many threads.
/// </summary>
/// <remarks>
/// <para>Concurrency, for all of this folder. Any number of threads run a module, and each has a state of its own. What
/// they share is a <see cref="GovernedCode"/>, and of that they read one field, its entry. An entry is one of three: a
/// stand-in for code that is not there, code of a lower stage with its counters, or the code of the best stage. Each is
/// complete before it is written to the field, by one interlocked write, and read with acquire semantics; so there is no
/// lock on the way of a run, and whichever entry a run reads, it finds all that belongs to it.</para>
/// <para>Why a run may change over: tiers are functions from a state to a state, the state of a run belongs to its thread,
/// and no tier keeps anything of it elsewhere. In a lower stage a run comes back after each slice of gas, at the start
/// of a block with all registers in its state, and goes on in whatever the entry is then. Gas is exact in every tier, so
/// where the slices end makes no difference to a guest.</para>
/// <para>Who writes the entry: a thread that finds a stand-in, under a lock that only such threads take; a promotion, whose
/// request was granted to one thread; and whoever drops code. They compare and exchange, and the first two do not go
/// down a stage; so none undoes what another has done, and no one waits for another but for the first compilation.</para>
/// <para>Who keeps code alive: the entry, and each run that is in it. To drop code is to replace the entry by a stand-in
/// that refers to it weakly. A run that is in it comes to no harm, and if there was one, the next that comes takes the code
/// up again; otherwise the collector frees it.</para>
/// </remarks>
public sealed class Governor : ITier, IDisposable
{
    private readonly GovernorStage[] _stages;
    private readonly CodeRegistry _registry;
    private readonly BackgroundQueue? _queue;
    private bool _isDisposed;

    /// <summary>Makes a governor.</summary>
    /// <param name="options">What it chooses from.</param>
    /// <exception cref="ArgumentException">
    /// There are no stages, or several of which the lowest does not run on any memory, or a number is out of its range.
    /// </exception>
    public Governor(GovernorOptions options)
        : this(options, MemoryPressureWatch.IsMemoryShort)
    {
    }

    /// <summary>Makes a governor that asks somebody else whether memory is short, so that tests can say so.</summary>
    internal Governor(GovernorOptions options, Func<bool> isMemoryShort)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxThreads, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.IdleTime, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.IdleTime, GovernorOptions.LongestIdleTime, nameof(options));
        _stages = [.. options.Stages];
        if (_stages.Length == 0 || (_stages.Length > 1 && _stages[0].Tier.NeedsWindow))
        {
            throw new ArgumentException("The lowest stage must be one that runs on any memory.", nameof(options));
        }

        Counters = new GovernorCounters(Array.ConvertAll(_stages, stage => stage.Tier.Name));
        _registry = new CodeRegistry(this, options.SharesCode);
        _queue = options.MaxThreads == 0 ? null : new BackgroundQueue("Pvm2 governor", options.MaxThreads, options.IdleTime);
        HasStagesWithoutWindow = !_stages[0].Tier.NeedsWindow && Array.Exists(_stages, stage => stage.Tier.NeedsWindow);
        if (options.TrimsUnderPressure)
        {
            MemoryPressureWatch.Start(this, isMemoryShort);
        }
    }

    /// <inheritdoc/>
    public string Name => "auto";

    /// <summary>Whether its only stage is one that needs a window; with several, the lowest runs on any memory.</summary>
    public bool NeedsWindow => _stages[0].Tier.NeedsWindow;

    /// <summary>What it chooses from, lowest first.</summary>
    public IReadOnlyList<GovernorStage> Stages => _stages;

    /// <summary>What has been done until now.</summary>
    public GovernorStatistics Statistics => Counters.Read(_queue?.Pending ?? 0, _queue?.LastFailure);

    /// <summary>What is told of everything that happens.</summary>
    internal GovernorCounters Counters { get; }

    /// <summary>Whether some stages need a window and others do not.</summary>
    internal bool HasStagesWithoutWindow { get; }

    /// <summary>Whether it was disposed of.</summary>
    internal bool IsDisposed => Volatile.Read(ref _isDisposed);

    /// <inheritdoc/>
    /// <exception cref="OutOfMemoryException">There is not even memory for the lowest stage.</exception>
    public TierCode Prepare(Module module, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(module);
        var code = _registry.FindOrAdd(module, model, out var isShared);
        Counters.ModulePrepared(isShared);
        code.Start();
        return code;
    }

    /// <inheritdoc/>
    public MemorySource CreateMemorySource(MemoryLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var stage = Array.FindLast(_stages, stage => stage.Tier.NeedsWindow) ?? _stages[^1];
        var source = stage.Tier.CreateMemorySource(layout);
        return HasStagesWithoutWindow ? new GovernedMemory(source, new PackedSource(layout), Counters) : source;
    }

    /// <summary>
    /// Drops the code of all modules. Those that run at this time go on in it and keep it; others are compiled again
    /// when they run. The memory is free after a garbage collection.
    /// </summary>
    /// <remarks>
    /// It is called by itself after garbage collections of the oldest generation while the machine's memory is almost
    /// full (<see cref="GCMemoryInfo.HighMemoryLoadThresholdBytes"/>), and when code cannot be placed for want of memory.
    /// </remarks>
    /// <returns>How many modules had code.</returns>
    public int Trim() => Drop(ofBestStage: false);

    /// <summary>
    /// Stops compiling in the background. Modules that were made ready go on in the stage that they are in, and new ones
    /// in the one that they start in.
    /// </summary>
    public void Dispose()
    {
        Volatile.Write(ref _isDisposed, true);
        _queue?.Close();
    }

    /// <summary>The tier of a stage.</summary>
    internal ITier TierOf(int stage) => _stages[stage].Tier;

    /// <summary>How hot a module must be to be compiled for a stage.</summary>
    internal long HotGasOf(int stage) => (long)Math.Min(_stages[stage].HotGas, long.MaxValue);

    /// <summary>The best stage for runs with a kind of memory.</summary>
    internal int BestStage(bool hasWindows) =>
        Array.FindLastIndex(_stages, stage => hasWindows || !stage.Tier.NeedsWindow);

    /// <summary>The next higher stage for runs with a kind of memory; −1 if there is none.</summary>
    internal int StageAfter(int stage, bool hasWindows) =>
        Array.FindIndex(_stages, stage + 1, stage => hasWindows || !stage.Tier.NeedsWindow);

    /// <summary>Whether a module is to be compiled for a stage before its first run.</summary>
    internal bool IsEager(int stage, Module module, bool hasWindows) =>
        module.Program.Code.Length <= _stages[stage].MostEagerCode && (hasWindows || !TierOf(stage).NeedsWindow);

    /// <summary>Compiles a module for a stage. Where there is no room for it, what does not run makes room.</summary>
    /// <exception cref="OutOfMemoryException">There is not so much memory.</exception>
    internal TierCode Compile(Module module, GasModel model, int stage)
    {
        var code = TryPrepare(module, model, stage) ?? TierOf(stage).Prepare(module, model);
        Counters.Compiled(stage);
        return code;
    }

    /// <summary>Has a module compiled for its next stage.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever prevents a module from being compiled is reported, and it runs on in its stage.")]
    internal void Request(WatchedCode code)
    {
        if (IsDisposed)
        {
            return;
        }

        var job = new PromotionJob(new WeakReference<WatchedCode>(code));
        if (_queue is not null)
        {
            _queue.Add(job);
            return;
        }

        try
        {
            job.Execute();
        }
        catch (Exception exception)
        {
            job.Fail(exception);
        }
    }

    /// <summary>Compiles a module; null where there is no room, and some has been made.</summary>
    private TierCode? TryPrepare(Module module, GasModel model, int stage)
    {
        try
        {
            return TierOf(stage).Prepare(module, model);
        }
        catch (OutOfMemoryException)
        {
            if (Drop(ofBestStage: true) == 0)
            {
                throw;
            }

            return null;
        }
    }

    private int Drop(bool ofBestStage)
    {
        var dropped = 0;
        foreach (var code in _registry.List())
        {
            dropped += code.Drop(ofBestStage) ? 1 : 0;
        }

        return dropped;
    }
}

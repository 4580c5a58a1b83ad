using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.Runtime.Governing;

/// <summary>
/// The code of a module under one gas model, whatever stage it is in. All runs go through one entry, which leads to the
/// code of the best stage itself, or to what stands for it until there is one. <see cref="Governor"/> has the argument
/// about threads.
/// </summary>
internal sealed unsafe class GovernedCode : TierCode
{
    private readonly Governor _governor;
    private readonly GasModel _model;
    private readonly bool _hasWindows;
    private readonly bool _needsWindow;
    private readonly int _best;
    private readonly Lock _starting = new();
    private TierCode _entry;
    private GovernedCode? _withoutWindow;

    /// <summary>Makes the code of a module that is in no stage yet.</summary>
    /// <param name="governor">Whose it is.</param>
    /// <param name="module">The module.</param>
    /// <param name="model">The gas model to charge by.</param>
    /// <param name="hasWindows">Whether the runs have their memory in windows, as those stages need that need one.</param>
    internal GovernedCode(Governor governor, Module module, GasModel model, bool hasWindows = true)
    {
        _governor = governor;
        _model = model;
        _hasWindows = hasWindows;
        _needsWindow = hasWindows && governor.HasStagesWithoutWindow;
        _best = governor.BestStage(hasWindows);
        _entry = new DroppedCode(this, 0, null);
        Module = module;
    }

    /// <summary>The module that is compiled. Others of the same program may run the code too.</summary>
    internal Module Module { get; }

    /// <summary>The gas model.</summary>
    internal GasModel Model => _model;

    /// <inheritdoc/>
    public override void Run(ExecutionState* state)
    {
        if (state->Window == null && _needsWindow)
        {
            WithoutWindow().Run(state);
            return;
        }

        Volatile.Read(ref _entry).Run(state);
    }

    /// <summary>Goes on in whatever stage there is, slice by slice until there is the code of the best one.</summary>
    /// <param name="state">The run, as in <see cref="Run"/>.</param>
    internal void RunInStages(ExecutionState* state)
    {
        var slice = 0UL;
        if (Volatile.Read(ref _entry) is WatchedCode entered)
        {
            entered.CountEntry();
        }

        while (true)
        {
            switch (Volatile.Read(ref _entry))
            {
                case DroppedCode:
                    Start();
                    break;
                case WatchedCode watched:
                    slice = slice == 0 ? watched.NextSlice : slice;
                    if (!watched.RunSlice(state, slice, out var used))
                    {
                        return;
                    }

                    if ((Volatile.Read(ref state->StopRequested) & ExecutionState.StopForHost) != 0)
                    {
                        state->Reason = ExitReason.Cancelled;
                        return;
                    }

                    // A block that is dearer than the slice gets a larger one.
                    slice = used == 0 ? 2 * slice : 0;
                    break;
                case var best:
                    best.Run(state);
                    return;
            }
        }
    }

    /// <summary>Makes the module ready to run, in the best stage that it is compiled for at once, or in the lowest.</summary>
    /// <exception cref="OutOfMemoryException">There is not so much memory.</exception>
    internal void Start()
    {
        if (Volatile.Read(ref _entry) is not DroppedCode)
        {
            return;
        }

        lock (_starting)
        {
            if (Volatile.Read(ref _entry) is DroppedCode dropped)
            {
                var entry = Revive(dropped) ?? CompileFirst();

                // If it is not the same any more, a promotion that was under way has come to its end.
                _ = Interlocked.CompareExchange(ref _entry, entry, dropped);
            }
        }
    }

    /// <summary>Has the stage above compiled, in the background or here and now.</summary>
    internal void Request(WatchedCode code) => _governor.Request(code);

    /// <summary>Compiles the module for a stage and lets all runs go on there.</summary>
    internal void Promote(int stage)
    {
        var entry = EntryOf(stage, Compile(stage));
        while (true)
        {
            var current = Volatile.Read(ref _entry);
            if (current is not DroppedCode && StageOf(current) >= stage)
            {
                return;
            }

            if (Interlocked.CompareExchange(ref _entry, entry, current) == current)
            {
                _governor.Counters.Promoted(stage);
                EngineEvents.Log.Promoted(Module, _governor.TierOf(StageOf(current)).Name, _governor.TierOf(stage).Name);
                return;
            }
        }
    }

    /// <summary>Notes that the module could not be compiled for a stage.</summary>
    internal void NoteFailure(int stage, Exception exception) => _governor.Counters.Failed(stage, exception);

    /// <summary>The next higher stage; −1 if there is none.</summary>
    internal int StageAfter(int stage) => _governor.StageAfter(stage, _hasWindows);

    /// <summary>How hot a module must be to be compiled for a stage.</summary>
    internal long HotGasOf(int stage) => _governor.HotGasOf(stage);

    /// <summary>Lets go of the code. What runs keeps it alive, and can take it up again.</summary>
    /// <param name="ofBestStage">Only if it is that of the best stage.</param>
    /// <returns>Whether there was any.</returns>
    internal bool Drop(bool ofBestStage)
    {
        _ = Volatile.Read(ref _withoutWindow)?.Drop(ofBestStage);
        var entry = Volatile.Read(ref _entry);
        if (entry is DroppedCode || (ofBestStage && entry is WatchedCode))
        {
            return false;
        }

        var dropped = new DroppedCode(this, StageOf(entry), new WeakReference<TierCode>(entry));
        var isDropped = Interlocked.CompareExchange(ref _entry, dropped, entry) == entry;
        if (isDropped)
        {
            _governor.Counters.Dropped();
        }

        return isDropped;
    }

    /// <inheritdoc/>
    internal override ITier FindTier(ExecutionState* state)
    {
        if (state->Window == null && _needsWindow)
        {
            return WithoutWindow().FindTier(state);
        }

        var entry = Volatile.Read(ref _entry);
        var code = entry is WatchedCode watched ? watched.Code : entry;
        return (code is StagedCode ? null : code.FindTier(state)) ?? _governor.TierOf(StageOf(entry));
    }

    /// <inheritdoc/>
    public override CodeStatistics GetStatistics() => Volatile.Read(ref _entry) switch
    {
        DroppedCode => default,
        WatchedCode watched => watched.Code.GetStatistics(),
        var best => best.GetStatistics(),
    };

    /// <summary>The stages for runs whose memory is no window.</summary>
    private GovernedCode WithoutWindow()
    {
        var code = Volatile.Read(ref _withoutWindow);
        if (code is null)
        {
            var made = new GovernedCode(_governor, Module, _model, hasWindows: false);
            code = Interlocked.CompareExchange(ref _withoutWindow, made, null) ?? made;
        }

        return code;
    }

    private TierCode? Revive(DroppedCode dropped)
    {
        var code = dropped.FindCode();
        if (code is not null)
        {
            _governor.Counters.Revived();
        }

        return code;
    }

    private TierCode CompileFirst()
    {
        for (var stage = _best; stage > 0; stage--)
        {
            if (_governor.IsEager(stage, Module, _hasWindows) && TryCompile(stage, out var code))
            {
                return EntryOf(stage, code);
            }
        }

        return EntryOf(0, Compile(0));
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever prevents a module from being compiled is reported, and it runs in a lower stage.")]
    private bool TryCompile(int stage, [NotNullWhen(true)] out TierCode? code)
    {
        try
        {
            code = Compile(stage);
            return true;
        }
        catch (Exception exception)
        {
            NoteFailure(stage, exception);
            code = null;
            return false;
        }
    }

    /// <summary>
    /// Compiles for a stage. Below the best one, runs go in slices of gas, so code for runs without metering is metered
    /// too: it counts instructions, and what it counts is forgotten.
    /// </summary>
    private TierCode Compile(int stage) =>
        _governor.Compile(Module, stage < _best && _model == GasModel.None ? GasModel.Flat : _model, stage);

    private TierCode EntryOf(int stage, TierCode code) =>
        stage == _best ? code : new WatchedCode(this, stage, code, _model != GasModel.None);

    private int StageOf(TierCode entry) => entry is StagedCode staged ? staged.Stage : _best;
}

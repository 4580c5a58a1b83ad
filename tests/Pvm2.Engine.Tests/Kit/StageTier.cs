using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;
using Pvm2.Runtime.Memory;

namespace Pvm2.Engine.Tests.Kit;

/// <summary>
/// A tier for stages of a governor that tests have in hand: it runs on another one, says what it did, and fails or waits
/// where it is told to.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="inner">What it runs on; the interpreter if omitted.</param>
internal sealed class StageTier(string name, ITier? inner = null) : ITier
{
    private readonly ITier _inner = inner ?? InterpreterTier.Instance;
    private long _gasUsed;
    private int _prepared;
    private int _running;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool NeedsWindow { get; init; }

    /// <summary>Called before a module is compiled, on the thread that does it.</summary>
    internal Action BeforePrepare { get; set; } = static () => { };

    /// <summary>Called when a run comes into the code.</summary>
    internal Action BeforeRun { get; set; } = static () => { };

    /// <summary>Whether there is no memory for instances.</summary>
    internal bool RefusesMemory { get; set; }

    /// <summary>How many modules were compiled.</summary>
    internal int Prepared => Volatile.Read(ref _prepared);

    /// <summary>Gas that was used in it by runs that have left it.</summary>
    internal long GasUsed => Interlocked.Read(ref _gasUsed);

    /// <summary>How many runs are in it.</summary>
    internal int Running => Volatile.Read(ref _running);

    /// <summary>The code that was made last, as long as somebody else keeps it.</summary>
    internal WeakReference LastCode { get; private set; } = new(null);

    /// <inheritdoc/>
    public TierCode Prepare(Module module, GasModel model)
    {
        BeforePrepare();
        var code = new StageCode(this, _inner.Prepare(module, model));
        LastCode = new WeakReference(code);
        Interlocked.Increment(ref _prepared);
        return code;
    }

    /// <inheritdoc/>
    public MemorySource CreateMemorySource(MemoryLayout layout) =>
        NeedsWindow && !_inner.NeedsWindow ? new WindowSource(this, layout) : _inner.CreateMemorySource(layout);

    private sealed unsafe class StageCode(StageTier tier, TierCode code) : TierCode
    {
        public override void Run(ExecutionState* state)
        {
            if (tier.NeedsWindow && state->Window == null)
            {
                throw new InvalidOperationException($"{tier.Name} needs a window.");
            }

            Interlocked.Increment(ref tier._running);
            tier.BeforeRun();
            var gas = state->Gas;
            code.Run(state);
            Interlocked.Add(ref tier._gasUsed, (long)(gas - state->Gas));
            Interlocked.Decrement(ref tier._running);
            GC.KeepAlive(this);
        }
    }

    private sealed class WindowSource(StageTier tier, MemoryLayout layout) : MemorySource
    {
        public override MemoryBacking Create() => tier.RefusesMemory
            ? throw new InsufficientMemoryException("No window today.")
            : new NamedWindow(new PackedBacking(layout));
    }

    /// <summary>Memory that says it is a window. The interpreter, which alone runs on it, does not care.</summary>
    private sealed unsafe class NamedWindow : MemoryBacking
    {
        private readonly PackedBacking _packed;

        internal NamedWindow(PackedBacking packed)
        {
            _packed = packed;
            SetHandle(1);
        }

        public override byte* Window => (byte*)handle;

        public override byte* Locate(int run) => _packed.Locate(run);

        public override void Reset() => _packed.Reset();

        protected override bool ReleaseHandle()
        {
            _packed.Dispose();
            return true;
        }
    }
}

using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Governing;

/// <summary>
/// Code of a stage that is not the best one. It runs in slices of gas, and the gas that the slices use is what tells
/// how hot the module is.
/// </summary>
/// <remarks>
/// <para>One number counts entries and back edges at once. A block costs gas when it is entered, from wherever, so gas is
/// what a counter at each block would count, weighted by the blocks' length; and it is counted already. An entry by the
/// host adds <see cref="EntryGas"/>, so that what is called often and does little becomes hot too.</para>
/// <para>Concurrency: many threads add to the heat without a lock; a count that gets lost makes a module hot a little
/// later. The promotion is requested by whoever turns <see cref="_isRequested"/> from 0 to 1, and the fields about it
/// (<see cref="_next"/>, <see cref="_hotGas"/>) are changed only between that and turning it back.</para>
/// </remarks>
internal sealed unsafe class WatchedCode : StagedCode
{
    /// <summary>What an entry by the host counts for, about what it costs in time.</summary>
    private const long EntryGas = 16;

    /// <summary>
    /// Gas of the longest slice: 20 to 160 µs of interpretation. So long does it take a run to notice better code, and
    /// the way from one slice to the next is a thousandth of it.
    /// </summary>
    private const long LongestSlice = 1 << 15;

    private readonly TierCode _code;
    private readonly bool _isMetered;
    private int _next;
    private long _hotGas;
    private long _heat;
    private int _isRequested;

    /// <summary>Makes the entry of a module in a lower stage.</summary>
    /// <param name="owner">The module's code.</param>
    /// <param name="stage">Number of the stage.</param>
    /// <param name="code">What the stage's tier made of it; metered, even if the runs are not.</param>
    /// <param name="isMetered">Whether the runs are metered.</param>
    internal WatchedCode(GovernedCode owner, int stage, TierCode code, bool isMetered)
        : base(owner, stage)
    {
        _code = code;
        _isMetered = isMetered;
        AimAt(owner.StageAfter(stage));
    }

    /// <summary>The code.</summary>
    internal TierCode Code => _code;

    /// <summary>How much gas was used in it.</summary>
    internal long Heat => Volatile.Read(ref _heat);

    /// <summary>How much gas the next slice may use: until the module becomes hot, or for a while.</summary>
    internal ulong NextSlice
    {
        get
        {
            var rest = Volatile.Read(ref _isRequested) != 0 ? LongestSlice : Volatile.Read(ref _hotGas) - Heat;
            return (ulong)Math.Clamp(rest, 1, LongestSlice);
        }
    }

    /// <summary>Counts an entry by the host.</summary>
    internal void CountEntry() => Count(EntryGas);

    /// <summary>Executes blocks until they have used up an amount of gas; none, if the first one is dearer.</summary>
    /// <param name="state">The run, at a block start or the end of the code.</param>
    /// <param name="slice">The amount, at least 1; where nothing is metered it counts instructions.</param>
    /// <param name="used">How much the blocks used.</param>
    /// <returns>
    /// Whether the run goes on, at the block start that is now the program counter; if not, the state says why.
    /// </returns>
    internal bool RunSlice(ExecutionState* state, ulong slice, out ulong used)
    {
        // The gas of the run is put aside: what the slice cannot pay for ends the slice, and not the run.
        var gas = state->Gas;
        var given = _isMetered ? Math.Min(slice, gas) : slice;
        state->Gas = given;
        try
        {
            _code.Run(state);
        }
        finally
        {
            used = given - state->Gas;
            state->Gas = _isMetered ? gas - used : gas;
        }

        Count((long)used);
        return state->Reason == ExitReason.OutOfGas && !(_isMetered && given == gas);
    }

    /// <summary>Compiles the next stage, which was requested, and lets all runs go on in it.</summary>
    /// <remarks>The request stays: runs that have not yet noticed the better code must not make another one.</remarks>
    internal void Promote() => Owner.Promote(Volatile.Read(ref _next));

    /// <summary>
    /// Ends a request that has failed. For want of memory, it is made again when the module is twice as hot; otherwise
    /// the stage is left out.
    /// </summary>
    internal void PostponeAfter(Exception exception)
    {
        Owner.NoteFailure(Volatile.Read(ref _next), exception);
        if (exception is OutOfMemoryException)
        {
            var gas = Math.Max(Volatile.Read(ref _hotGas), Heat);
            Volatile.Write(ref _hotGas, gas < long.MaxValue / 2 ? 2 * gas : long.MaxValue);
        }
        else
        {
            AimAt(Owner.StageAfter(Volatile.Read(ref _next)));
        }

        Volatile.Write(ref _isRequested, 0);
    }

    /// <summary>Counts gas, and requests the next stage when it is time.</summary>
    private void Count(long gas)
    {
        var heat = Heat + gas;
        Volatile.Write(ref _heat, heat);
        if (heat >= Volatile.Read(ref _hotGas)
            && Volatile.Read(ref _isRequested) == 0
            && Interlocked.CompareExchange(ref _isRequested, 1, 0) == 0)
        {
            Owner.Request(this);
        }
    }

    /// <summary>Chooses the stage that is requested next; none if negative.</summary>
    private void AimAt(int stage)
    {
        Volatile.Write(ref _next, stage);
        Volatile.Write(ref _hotGas, stage < 0 ? long.MaxValue : Owner.HotGasOf(stage));
    }
}

namespace Pvm2.Runtime.Execution;

/// <summary>
/// The gas of an instance: what its tier may use now is in <see cref="ExecutionState.Gas"/>, the rest is held back
/// here. A run that can be cancelled gets its gas in slices, and so comes up for air without any cost while it runs.
/// </summary>
internal sealed class GasTank
{
    /// <summary>
    /// Gas dealt out at a time to a run that can be cancelled. A loop of adds takes about 5 ns a gas when interpreted
    /// and most code far less, which keeps the answer to a cancellation well below a millisecond.
    /// </summary>
    internal const ulong Slice = 1 << 15;

    private readonly ExecutionState[] _state;
    private ulong _reserve;

    // What was ever put in, modulo 2^64: less what is left it is what was used.
    private ulong _filled;

    internal GasTank(ExecutionState[] state, ulong gas)
    {
        _state = state;
        Fill(gas);
    }

    internal ulong Left => _state[0].Gas + _reserve;

    internal bool HasReserve => _reserve != 0;

    internal ulong Used => _filled - Left;

    /// <summary>Empties the tank, forgets what was used, and fills it.</summary>
    internal void Fill(ulong gas)
    {
        _state[0].Gas = 0;
        _reserve = gas;
        _filled = gas;
    }

    /// <summary>Adds gas; the tank holds no more than 2^64 − 1.</summary>
    internal void Add(ulong gas)
    {
        var room = ulong.MaxValue - Left;
        var added = Math.Min(gas, room);
        _reserve += added;
        _filled += added;
    }

    /// <summary>Takes gas on the host's behalf.</summary>
    internal bool TryTake(ulong gas)
    {
        if (Left < gas)
        {
            return false;
        }

        // What is held back goes first: a run that has its gas in hand goes on with it.
        var held = Math.Min(_reserve, gas);
        _reserve -= held;
        _state[0].Gas -= gas - held;
        return true;
    }

    /// <summary>Deals out more gas, if there is any.</summary>
    /// <param name="all">Everything, rather than a slice.</param>
    internal void Deal(bool all)
    {
        var dealt = all ? _reserve : Math.Min(_reserve, Slice);
        _state[0].Gas += dealt;
        _reserve -= dealt;
    }

    /// <summary>Takes back what was dealt out and not used.</summary>
    internal void Collect()
    {
        _reserve += _state[0].Gas;
        _state[0].Gas = 0;
    }
}

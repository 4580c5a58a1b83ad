namespace Pvm2.Runtime.Execution;

/// <summary>
/// The gas of an instance: what its tier may use now is in <see cref="ExecutionState.Gas"/>, the rest is held back
/// here. So a run can be made to come up for air, or to pause at a mark, without any cost while it runs.
/// </summary>
internal sealed class GasTank
{
    private readonly ExecutionState[] _state;
    private ulong _reserve;

    // What was ever put in, modulo 2^64: less what is left it is what was used.
    private ulong _filled;

    // How much more of the reserve may be dealt out before the run pauses.
    private ulong _allowance = ulong.MaxValue;

    internal GasTank(ExecutionState[] state, ulong gas)
    {
        _state = state;
        Fill(gas);
    }

    internal ulong Left => _state[0].Gas + _reserve;

    /// <summary>Whether there is more than is dealt out.</summary>
    internal bool HasReserve => _reserve != 0;

    /// <summary>Whether the rest is beyond the mark at which the run pauses.</summary>
    internal bool IsAtMark => _allowance == 0;

    internal ulong Used => _filled - Left;

    /// <summary>Empties the tank, forgets what was used, and fills it.</summary>
    internal void Fill(ulong gas) => Restore(gas, used: 0);

    /// <summary>Makes the tank one that has been used already.</summary>
    /// <param name="left">Gas left.</param>
    /// <param name="used">Gas used.</param>
    internal void Restore(ulong left, ulong used)
    {
        _state[0].Gas = 0;
        _reserve = left;
        _filled = unchecked(left + used);
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
        CountAsUsed(held);
        return true;
    }

    /// <summary>Begins a run that pauses when it has used an amount of gas.</summary>
    /// <param name="gas">The amount; null for no limit.</param>
    internal void Begin(ulong? gas) => _allowance = gas ?? ulong.MaxValue;

    /// <summary>Deals out more gas, as far as there is any and the run may use it.</summary>
    /// <param name="most">No more than this.</param>
    internal void Deal(ulong most)
    {
        var dealt = Math.Min(Math.Min(_reserve, _allowance), most);
        _state[0].Gas += dealt;
        _reserve -= dealt;
        _allowance -= _allowance == ulong.MaxValue ? 0 : dealt;
    }

    /// <summary>Ends a run: takes back what was dealt out and not used.</summary>
    internal void Collect()
    {
        _reserve += _state[0].Gas;
        _state[0].Gas = 0;
        _allowance = ulong.MaxValue;
    }

    /// <summary>The host took from the reserve what the run might have been dealt before its mark.</summary>
    private void CountAsUsed(ulong held)
    {
        if (_allowance == ulong.MaxValue)
        {
            return;
        }

        var allowed = Math.Min(_allowance, held);
        _allowance -= allowed;

        // Beyond the mark by the host alone: the guest gives back what it has in hand, and pauses.
        var returned = Math.Min(held - allowed, _state[0].Gas);
        _state[0].Gas -= returned;
        _reserve += returned;
    }
}

using Pvm2.Runtime.Execution;
using Pvm2.TestKit.States;

namespace Pvm2.TestKit.Pausing;

/// <summary>How a run went: each exit with the whole state at it.</summary>
/// <param name="Exits">All exits but those for want of gas; the last one is final.</param>
/// <param name="States">The state at each.</param>
/// <param name="Pauses">How often the run stopped for want of gas.</param>
/// <param name="Problems">What broke a rule on the way.</param>
public sealed record GuestTrace(
    IReadOnlyList<Exit> Exits,
    IReadOnlyList<MachineState> States,
    int Pauses,
    IReadOnlyList<string> Problems)
{
    /// <summary>Says in words where another trace differs; nothing if it does not.</summary>
    /// <param name="actual">The other trace.</param>
    /// <param name="compareGasUsed">Whether the gas that was used counts; what is left never does.</param>
    public IEnumerable<string> Differences(GuestTrace actual, bool compareGasUsed = true)
    {
        ArgumentNullException.ThrowIfNull(actual);
        for (var i = 0; i < Math.Min(Exits.Count, actual.Exits.Count); i++)
        {
            if (Exits[i] != actual.Exits[i])
            {
                yield return $"exit {i} is {actual.Exits[i]}, not {Exits[i]}";
            }

            if (compareGasUsed && States[i].GasUsed != actual.States[i].GasUsed)
            {
                yield return $"at exit {i} {actual.States[i].GasUsed} gas was used, not {States[i].GasUsed}";
            }

            foreach (var difference in States[i].Differences(actual.States[i], compareGas: false))
            {
                yield return $"at exit {i} {difference}";
            }
        }

        if (Exits.Count != actual.Exits.Count)
        {
            yield return $"there are {actual.Exits.Count} exits, not {Exits.Count}";
        }
    }
}

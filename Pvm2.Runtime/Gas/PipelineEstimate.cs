using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Gas;

/// <summary>
/// The pipeline model at work on one block: a front end that decodes four slots a cycle, and results that are ready
/// some cycles after their operands. Source: "The pipeline model" in the PVM2 gas specification.
/// </summary>
/// <param name="memoryLatency">Cycles of a memory access, which x3 and x4 cost too.</param>
internal struct PipelineEstimate(uint memoryLatency)
{
    private const uint SlotsPerCycle = 4;
    private const uint HiddenCycles = 3;

    private ReadyTimes _ready;
    private ulong _cycle;
    private uint _usedSlots;
    private ulong _lastEnd;

    /// <summary>The price of the instructions so far.</summary>
    internal readonly ulong Cost => _lastEnd > HiddenCycles + 1 ? _lastEnd - HiddenCycles : 1;

    /// <summary>Starts a new block.</summary>
    internal void Clear() => this = new PipelineEstimate(memoryLatency);

    /// <summary>Takes in the next instruction of the block.</summary>
    internal void Add(in Instruction instruction)
    {
        var row = instruction.Operation.Gas;
        Decode(Slots(row, instruction));

        // x0 is never marked busy, and an operand that the format does not have is x0.
        var start = Math.Max(_cycle, Math.Max(_ready[instruction.Rs1], _ready[instruction.Rs2]));
        var end = start + Latency(row, instruction);
        if (row.HasDestination && instruction.Rd != 0)
        {
            _ready[instruction.Rd] = end;
        }

        _lastEnd = Math.Max(_lastEnd, end);
    }

    private void Decode(uint slots)
    {
        if (_usedSlots >= SlotsPerCycle)
        {
            _cycle++;
            _usedSlots = 0;
        }

        _usedSlots += slots;
    }

    private readonly ulong Latency(GasRow row, in Instruction instruction)
    {
        var own = row.IsMemory ? memoryLatency : row.Latency;
        return own + (memoryLatency * (Spill(instruction.Rd) + Spill(instruction.Rs1) + Spill(instruction.Rs2)));
    }

    /// <summary>1 for the two registers that a tier may keep in memory; only xjar programs name them.</summary>
    private static uint Spill(byte register) => register is 3 or 4 ? 1u : 0u;

    private static uint Slots(GasRow row, in Instruction instruction) => row.Shape switch
    {
        GasShape.DestinationReused => row.Slots + (IsReused(instruction) ? 1u : 2u),
        GasShape.ShiftedInPlace => row.Slots + (instruction.Rd == instruction.Rs1 ? 2u : 3u),
        _ => row.Slots,
    };

    private static bool IsReused(in Instruction instruction) =>
        instruction.Rd != 0 && (instruction.Rd == instruction.Rs1 || instruction.Rd == instruction.Rs2);

    [System.Runtime.CompilerServices.InlineArray(RegisterNames.Count)]
    private struct ReadyTimes
    {
        private ulong _first;
    }
}

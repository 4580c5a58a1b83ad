using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Gas;

/// <summary>
/// Prices one basic block after the other, instruction by instruction, for whoever walks the code: the only place
/// where a block gets its price. Source: the PVM2 gas specification.
/// </summary>
/// <remarks>
/// The pipeline model is a front end that decodes four slots a cycle, and results that are ready some cycles after
/// their operands. A price has 64 bits and is exact whatever the length of the block.
/// </remarks>
public struct BlockPricer
{
    private const uint SlotsPerCycle = 4;
    private const uint HiddenCycles = 3;

    private readonly GasModel _model;
    private readonly uint _memoryLatency;
    private ReadyTimes _ready;
    private ulong _cycle;
    private uint _usedSlots;
    private ulong _lastEnd;
    private ulong _count;

    /// <summary>Makes a pricer for the code of a program; it stands at the start of a block.</summary>
    /// <param name="program">The program; the memory that it declares sets the price of loads and stores.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="model"/> is no gas model.</exception>
    public BlockPricer(GuestProgram program, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (model is not (GasModel.Pipeline or GasModel.Flat or GasModel.None))
        {
            throw new ArgumentOutOfRangeException(nameof(model), model, "No such gas model.");
        }

        _model = model;
        _memoryLatency = model == GasModel.Pipeline ? MemoryFootprint.Latency(MemoryFootprint.CountPages(program)) : 0;
    }

    /// <summary>The price of the block's instructions so far; always 0 in <see cref="GasModel.None"/>.</summary>
    public readonly ulong Cost => _model switch
    {
        GasModel.Pipeline => _lastEnd > HiddenCycles + 1 ? _lastEnd - HiddenCycles : 1,
        GasModel.Flat => _count,
        _ => 0,
    };

    /// <summary>Starts a new block.</summary>
    public void Start()
    {
        _ready = default;
        _cycle = 0;
        _usedSlots = 0;
        _lastEnd = 0;
        _count = 0;
    }

    /// <summary>Takes in the next instruction of the block.</summary>
    /// <param name="instruction">As decoded in the profile of the program.</param>
    public void Add(in Instruction instruction)
    {
        if (_model != GasModel.Pipeline)
        {
            _count++;
            return;
        }

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
        var own = row.IsMemory ? _memoryLatency : row.Latency;
        return own + (_memoryLatency * (Spill(instruction.Rd) + Spill(instruction.Rs1) + Spill(instruction.Rs2)));
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

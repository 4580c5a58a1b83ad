using System.Runtime.CompilerServices;
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
/// Time does not go back to 0 with a new block, it only goes on when everything is ready: differences are all that
/// counts, and sixteen ready times need not be cleared. What the kinds of instructions differ in is computed without
/// branches, since nothing foretells which kind comes next.
/// </remarks>
public struct BlockPricer
{
    // Slots are counted in the bits below the cycle: at most 3, and 4 more. Four or more have bit 2 set.
    private const int CycleShift = 3;
    private const int FullShift = 2;
    private const ulong HiddenCycles = 3;

    private readonly GasModel _model;
    private readonly uint _memoryLatency;
    private readonly uint _spillLatency;
    private ReadyTimes _ready;
    private ulong _start;
    private ulong _lastEnd;
    private ulong _cycleAndSlots;

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
        if (model == GasModel.Pipeline)
        {
            _memoryLatency = MemoryFootprint.Latency(MemoryFootprint.CountPages(program));
            _spillLatency = program.Profile == Profile.Xjar ? _memoryLatency : 0;
        }
    }

    /// <summary>The price of the block's instructions so far; always 0 in <see cref="GasModel.None"/>.</summary>
    public readonly ulong Cost => _model switch
    {
        GasModel.Pipeline => Math.Max(_lastEnd - _start, HiddenCycles + 1) - HiddenCycles,
        GasModel.Flat => _lastEnd - _start,
        _ => 0,
    };

    /// <summary>Starts a new block.</summary>
    public void Start()
    {
        // All is ready then, and the front end has not come further: an instruction ends after it was decoded.
        _start = _lastEnd;
        _cycleAndSlots = _start << CycleShift;
    }

    /// <summary>Takes in the next instruction of the block.</summary>
    /// <param name="instruction">As decoded in the profile of the program.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Instruction instruction)
    {
        if (_model == GasModel.Pipeline)
        {
            AddToPipeline(instruction);
        }
        else
        {
            _lastEnd++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddToPipeline(Instruction instruction)
    {
        var price = PipelinePrice.Table[(int)instruction.Opcode];
        uint rd = instruction.Rd;
        uint rs1 = instruction.Rs1;
        uint rs2 = instruction.Rs2;

        // A full cycle ends when the next instruction comes, its slots run over into the next one.
        var full = (_cycleAndSlots >> FullShift) & 1;
        var position = (_cycleAndSlots | (full * ((1 << CycleShift) - 1))) + full;
        _cycleAndSlots = position + price.Slots(rd, rs1, rs2);

        // x0 is never marked busy, and an operand that the format does not have is x0.
        var start = Later(position >> CycleShift, Later(_ready[(int)rs1], _ready[(int)rs2]));
        var end = start + price.Latency(_memoryLatency);
        if (_spillLatency != 0)
        {
            end += _spillLatency * (Spill(rd) + Spill(rs1) + Spill(rs2));
        }

        _ready[(int)price.Destination(rd)] = end;
        _ready[0] = 0;
        _lastEnd = Later(_lastEnd, end);
    }

    /// <summary>The greater of two times: the compiler makes a branch of <see cref="Math.Max(ulong, ulong)"/> in a loop.</summary>
    private static ulong Later(ulong x, ulong y)
    {
        var difference = (long)(y - x);
        return x + (ulong)(difference & ~(difference >> 63));
    }

    /// <summary>1 for the two registers that a tier may keep in memory; only xjar programs name them.</summary>
    private static uint Spill(uint register) => (0b11000u >> (int)register) & 1;

    [InlineArray(RegisterNames.Count)]
    private struct ReadyTimes
    {
        private ulong _first;
    }
}

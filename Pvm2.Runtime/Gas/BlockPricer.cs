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
/// What the kinds of instructions differ in is computed without branches, since nothing foretells which comes next.
/// </remarks>
public struct BlockPricer
{
    private const int SlotShift = 2;
    private const ulong LastSlot = (1 << SlotShift) - 1;
    private const ulong HiddenCycles = 3;
    private const uint GlobalAndThreadPointer = (1u << 3) | (1u << 4);

    private readonly GasModel _model;
    private readonly uint _memoryLatency;
    private readonly uint _spilled;
    private ReadyTimes _ready;
    private ulong _slot;
    private ulong _lastEnd;

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
            _spilled = program.Profile == Profile.Xjar ? GlobalAndThreadPointer : 0;
        }
    }

    /// <summary>The price of the block's instructions so far; always 0 in <see cref="GasModel.None"/>.</summary>
    public readonly ulong Cost => _model switch
    {
        GasModel.Pipeline => Math.Max(_lastEnd, HiddenCycles + 1) - HiddenCycles,
        GasModel.Flat => _lastEnd,
        _ => 0,
    };

    /// <summary>Starts a new block.</summary>
    public void Start()
    {
        _ready = default;
        _slot = 0;
        _lastEnd = 0;
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
        int rd = instruction.Rd;
        int rs1 = instruction.Rs1;
        int rs2 = instruction.Rs2;
        var firstSource = 1u << rs1;
        var sources = firstSource | (1u << rs2);

        // x0 is never marked busy, and an operand that the format does not have is x0.
        var start = Later(_slot >> SlotShift, Later(_ready[rs1], _ready[rs2]));
        var end = start + price.Latency(_memoryLatency);
        if (((sources | (1u << rd)) & _spilled) != 0)
        {
            end += _memoryLatency * (Spill(rd) + Spill(rs1) + Spill(rs2));
        }

        _ready[price.Destination(rd)] = end;
        _ready[0] = 0;
        _lastEnd = Later(_lastEnd, end);

        // What an instruction has too little room for ends the cycle, and is not carried over into the next one.
        _slot = Earlier(_slot + price.Slots(rd, firstSource, sources), (_slot | LastSlot) + 1);
    }

    /// <summary>The greater of two times; in a loop the compiler would make a branch of <see cref="Math.Max(ulong, ulong)"/>.</summary>
    private static ulong Later(ulong x, ulong y)
    {
        var difference = (long)(y - x);
        return x + (ulong)(difference & ~(difference >> 63));
    }

    private static ulong Earlier(ulong x, ulong y)
    {
        var difference = (long)(y - x);
        return x + (ulong)(difference & (difference >> 63));
    }

    /// <summary>1 for the two registers that a tier may keep in memory; only xjar programs name them.</summary>
    private static uint Spill(int register) => (GlobalAndThreadPointer >> register) & 1;

    [InlineArray(RegisterNames.Count)]
    private struct ReadyTimes
    {
        private ulong _first;
    }
}

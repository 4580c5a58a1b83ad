using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Gas;

/// <summary>
/// Prices one basic block after the other, instruction by instruction, for whoever walks the code: the only place
/// where a block gets its price. Source: the PVM2 gas specification.
/// </summary>
/// <remarks>
/// The pipeline model is a front end that decodes four slots a cycle, and results that are ready some cycles after
/// their operands. What the kinds of instructions differ in is computed without branches, since nothing foretells
/// which comes next. Times are doubles because the greater of two doubles takes no branch; they are whole numbers
/// and exact, since a block has less than 2^31 instructions and none takes more than 2^9 cycles.
/// </remarks>
public struct BlockPricer
{
    private const int SlotShift = 2;
    private const long LastSlot = (1 << SlotShift) - 1;
    private const ulong HiddenCycles = 3;

    private readonly GasModel _model;
    private readonly bool _mayNameSpilled;
    private readonly uint _memoryLatency;
    private readonly PipelinePrice[] _prices;
    private ReadyTimes _ready;
    private double _lastEnd;
    private long _slot;

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

        var footprint = model == GasModel.Pipeline ? MemoryFootprint.Classify(MemoryFootprint.CountPages(program)) : 0;
        _model = model;
        _memoryLatency = MemoryFootprint.Latencies[footprint];
        _prices = PipelinePrice.TableFor(footprint);
        _mayNameSpilled = program.Profile == Profile.Xjar;
    }

    /// <summary>The price of the block's instructions so far; always 0 in <see cref="GasModel.None"/>.</summary>
    public readonly ulong Cost => _model switch
    {
        GasModel.Pipeline => Math.Max((ulong)_lastEnd, HiddenCycles + 1) - HiddenCycles,
        GasModel.Flat => (ulong)_slot,
        _ => 0,
    };

    /// <summary>Starts a new block.</summary>
    public void Start()
    {
        _ready = default;
        _lastEnd = 0;
        _slot = 0;
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
            // A slot for each instruction, in the model that counts them.
            _slot++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddToPipeline(Instruction instruction)
    {
        int rd = instruction.Rd;
        int rs1 = instruction.Rs1;
        int rs2 = instruction.Rs2;

        // The table has an entry for each of the 2^7 opcodes that an instruction may have in its packed form.
        ref readonly var price = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_prices), (nuint)instruction.Opcode);

        // x0 is never marked busy, and an operand that the format does not have is x0.
        var start = double.MaxNative(_slot >> SlotShift, double.MaxNative(ReadyTime(rs1), ReadyTime(rs2)));
        var end = start + price.Latency;
        if (_mayNameSpilled && (Spill(rd) | Spill(rs1) | Spill(rs2)) != 0)
        {
            end += _memoryLatency * (Spill(rd) + Spill(rs1) + Spill(rs2));
        }

        // Without a result there is no rd, except in jalr, after which no reader comes.
        ReadyTime(rd) = end;
        ReadyTime(0) = 0;
        _lastEnd = double.MaxNative(_lastEnd, end);

        // What an instruction has too little room for ends the cycle, and is not carried over into the next one.
        _slot = Lesser(_slot + price.Slots(rd, rs1, rs2), (_slot | LastSlot) + 1);
    }

    /// <summary>When a register is ready. A register has four bits in an instruction, and so an element here.</summary>
    [UnscopedRef]
    private ref double ReadyTime(int register) => ref Unsafe.Add(ref Unsafe.As<ReadyTimes, double>(ref _ready), (nuint)register);

    /// <summary>The lesser of two numbers; in a loop the compiler would make a branch of <see cref="Math.Min(long, long)"/>.</summary>
    private static long Lesser(long x, long y)
    {
        var difference = y - x;
        return x + (difference & (difference >> 63));
    }

    /// <summary>1 for the two registers that a tier may keep in memory; only xjar programs name them.</summary>
    private static uint Spill(int register) => (0b1_1000u >> register) & 1;

    [InlineArray(RegisterNames.Count)]
    private struct ReadyTimes
    {
        private double _first;
    }
}

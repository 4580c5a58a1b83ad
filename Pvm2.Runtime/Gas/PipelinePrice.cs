using System.Runtime.CompilerServices;
using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Gas;

/// <summary>The <see cref="GasRow"/> of an opcode for one memory latency, packed so that its readers need no branches.</summary>
internal readonly struct PipelinePrice
{
    /// <summary>Opcodes that the packed form of an instruction has room for.</summary>
    internal const int TableSize = 128;

    private const int SecondSourceShift = 16;
    private const int SlotsShift = 32;
    private const ulong AllRegisters = (1 << RegisterNames.Count) - 1;
    private const ulong AllButZero = AllRegisters - 1;

    private static readonly PipelinePrice[]?[] Tables = new PipelinePrice[MemoryFootprint.Latencies.Length][];

    /// <summary>
    /// Bits 0 to 15: the registers that save a slot as destination if they are the first source, too; 16 to 31: if
    /// they are the second; 32 to 39: the slots where nothing is saved.
    /// </summary>
    private readonly ulong _bits;

    private PipelinePrice(GasRow row, uint memoryLatency)
    {
        Latency = row.IsMemory ? memoryLatency : row.Latency;
        _bits = row.Shape switch
        {
            GasShape.DestinationReused => AllButZero | (AllButZero << SecondSourceShift) | ((row.Slots + 2ul) << SlotsShift),
            GasShape.ShiftedInPlace => AllRegisters | ((row.Slots + 3ul) << SlotsShift),
            _ => (ulong)row.Slots << SlotsShift,
        };
    }

    /// <summary>Cycles from the start of the instruction to its end.</summary>
    internal double Latency { get; }

    /// <summary>The prices by opcode.</summary>
    /// <param name="footprint">As <see cref="MemoryFootprint.Classify"/> gives it.</param>
    internal static PipelinePrice[] TableFor(int footprint)
    {
        // Two threads may both build one; they are alike.
        ref var table = ref Tables[footprint];
        return Volatile.Read(ref table) ?? (table = Build(MemoryFootprint.Latencies[footprint]));
    }

    /// <summary>Decode slots: 1 to 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Slots(int rd, int rs1, int rs2)
    {
        const uint OneForEachSource = 1 | (1 << SecondSourceShift);
        var saving = (OneForEachSource << rd) & (uint)_bits;
        return (byte)(_bits >> SlotsShift) - (((saving >> rs1) | (saving >> rs2 >> SecondSourceShift)) & 1);
    }

    private static PipelinePrice[] Build(uint memoryLatency)
    {
        var table = new PipelinePrice[TableSize];
        for (var opcode = 0; opcode <= (int)Opcode.Fallthrough; opcode++)
        {
            table[opcode] = new PipelinePrice(InstructionTable.Rows[opcode].Gas, memoryLatency);
        }

        return table;
    }
}

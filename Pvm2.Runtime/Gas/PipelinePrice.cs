using System.Runtime.CompilerServices;
using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Gas;

/// <summary>The <see cref="GasRow"/> of an opcode, packed so that its readers need no branches.</summary>
/// <remarks>
/// Bits 0 to 7 are the latency without that of memory, bit 8 says whether memory's is added, and bits 9 to 11 are the
/// slots where no register is reused. Bit 12 takes one off where rd is one of the sources, bit 13 where it is rs1;
/// bits 16 to 19 are ones where there is a result that readers wait for.
/// </remarks>
internal readonly struct PipelinePrice
{
    /// <summary>Prices by opcode.</summary>
    internal static readonly PipelinePrice[] Table = Build();

    private const int MemoryShift = 8;
    private const int SlotsShift = 9;
    private const int ReuseShift = 12;
    private const int InPlaceShift = 13;
    private const int DestinationShift = 16;
    private const uint AllRegisters = RegisterNames.Count - 1;

    private readonly uint _bits;

    private PipelinePrice(GasRow row)
    {
        var slots = row.Slots + row.Shape switch
        {
            GasShape.DestinationReused => 2u,
            GasShape.ShiftedInPlace => 3u,
            _ => 0u,
        };
        _bits = (row.IsMemory ? 1u << MemoryShift : row.Latency)
            | (slots << SlotsShift)
            | (row.Shape == GasShape.DestinationReused ? 1u << ReuseShift : 0)
            | (row.Shape == GasShape.ShiftedInPlace ? 1u << InPlaceShift : 0)
            | (row.HasDestination ? AllRegisters << DestinationShift : 0);
    }

    /// <summary>The destination, or x0 where nobody waits for the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Destination(int rd) => rd & (int)(_bits >> DestinationShift);

    /// <summary>Cycles from the start of the instruction to its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Latency(uint memoryLatency) => (byte)_bits + (memoryLatency & (0 - ((_bits >> MemoryShift) & 1)));

    /// <summary>Decode slots: 1 to 4.</summary>
    /// <param name="rd">The destination.</param>
    /// <param name="firstSource">The first source as a bit set.</param>
    /// <param name="sources">Both sources as a bit set.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Slots(int rd, uint firstSource, uint sources)
    {
        const uint Zero = 1;
        var reuse = (_bits >> ReuseShift) & ((sources & ~Zero) >> rd);
        var inPlace = (_bits >> InPlaceShift) & (firstSource >> rd);
        return ((_bits >> SlotsShift) & 7) - ((reuse | inPlace) & 1);
    }

    private static PipelinePrice[] Build()
    {
        var table = new PipelinePrice[(int)Opcode.Fallthrough + 1];
        for (var opcode = 0; opcode < table.Length; opcode++)
        {
            table[opcode] = new PipelinePrice(InstructionTable.Rows[opcode].Gas);
        }

        return table;
    }
}

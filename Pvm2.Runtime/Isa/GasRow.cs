namespace Pvm2.Runtime.Isa;

/// <summary>
/// The pipeline price of an opcode, from the gas table of the PVM2 specification.
/// </summary>
/// <param name="Latency">Cycles until the result is there; <see cref="MemoryLatency"/> stands for the module's memory latency.</param>
/// <param name="Shape">How decode slots are counted.</param>
/// <param name="Slots">Decode slots, or what <paramref name="Shape"/> adds to.</param>
/// <param name="HasDestination">Whether the result delays later readers of rd.</param>
public readonly record struct GasRow(byte Latency, GasShape Shape, byte Slots, bool HasDestination)
{
    /// <summary>The latency that stands for "as the module's memory footprint says".</summary>
    public const byte MemoryLatency = byte.MaxValue;

    /// <summary>Whether the latency is that of memory.</summary>
    public bool IsMemory => Latency == MemoryLatency;
}

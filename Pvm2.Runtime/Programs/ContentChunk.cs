namespace Pvm2.Runtime.Programs;

/// <summary>A run of initial bytes in a <see cref="MemoryRegion"/>.</summary>
/// <param name="Offset">Where the run starts, in bytes from the start of the region.</param>
/// <param name="Bytes">The bytes; neither the first nor the last of them is zero.</param>
public readonly record struct ContentChunk(uint Offset, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The offset after the last byte.</summary>
    public ulong End => (ulong)Offset + (uint)Bytes.Length;
}

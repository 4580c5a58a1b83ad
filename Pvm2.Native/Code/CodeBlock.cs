namespace Pvm2.Native.Code;

/// <summary>A part of a chunk that one owner has.</summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="Offset">First byte, from the start of the chunk.</param>
/// <param name="Size">Bytes, a multiple of the chunk's granularity.</param>
internal readonly record struct CodeBlock(CodeChunk Chunk, int Offset, int Size)
{
    /// <summary>Where the block is written.</summary>
    internal nint Writable => Chunk.Writable + Offset;

    /// <summary>Where the block is executed.</summary>
    internal nint Executable => Chunk.Executable + Offset;
}

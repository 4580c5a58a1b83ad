namespace Pvm2.TestKit.Generation;

/// <summary>What <see cref="CodeBuilder"/> has laid out.</summary>
/// <param name="Bytes">The code.</param>
/// <param name="Labels">The byte offset of each label.</param>
/// <param name="Tables">The byte offsets in each jump table.</param>
public sealed record GeneratedCode(
    ReadOnlyMemory<byte> Bytes,
    IReadOnlyList<uint> Labels,
    IReadOnlyList<IReadOnlyList<uint>> Tables);

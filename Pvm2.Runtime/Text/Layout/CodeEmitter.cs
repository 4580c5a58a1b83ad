using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>Collects the bytes of the code.</summary>
internal sealed class CodeEmitter(InstructionBuilder builder, long codeBase, int capacity)
{
    private readonly List<byte> _code = new(capacity);
    private long _itemOffset;

    internal InstructionBuilder Builder { get; } = builder;

    /// <summary>Bytes so far.</summary>
    internal long Offset => _code.Count;

    /// <summary>The program counter of the item that is emitted.</summary>
    internal long Counter => codeBase + _itemOffset;

    internal void BeginItem() => _itemOffset = Offset;

    internal void Add(in Instruction instruction) => AddNumber(Encoder.Encode(instruction), instruction.Length);

    internal void AddNumber(long number, int width)
    {
        for (var i = 0; i < width; i++)
        {
            _code.Add((byte)(number >> (8 * i)));
        }
    }

    internal void AddBytes(ReadOnlySpan<byte> bytes) => _code.AddRange(bytes);

    /// <summary>Keeps the room of what could not be assembled; there is an error, so no one sees it.</summary>
    internal void AddZeros(int count) => AddNumber(0, count);

    internal byte[] ToArray() => [.. _code];
}

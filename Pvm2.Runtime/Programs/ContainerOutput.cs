using System.Buffers;

namespace Pvm2.Runtime.Programs;

/// <summary>The bytes of a container as they are written.</summary>
internal sealed class ContainerOutput(int capacity)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(capacity);

    internal void WriteByte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    internal void WriteBytes(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    /// <summary>Writes a number seven bits a byte, the lowest first, bit 7 set on all bytes but the last.</summary>
    internal void WriteNumber(uint value)
    {
        var target = _buffer.GetSpan(ContainerFormat.MaxNumberSize);
        var length = 0;
        for (; value > 0x7F; value >>= 7)
        {
            target[length++] = (byte)(value | 0x80);
        }

        target[length++] = (byte)value;
        _buffer.Advance(length);
    }

    /// <summary>Writes a length and as many bytes.</summary>
    internal void WriteCounted(ReadOnlySpan<byte> bytes)
    {
        WriteNumber((uint)bytes.Length);
        WriteBytes(bytes);
    }

    internal byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}

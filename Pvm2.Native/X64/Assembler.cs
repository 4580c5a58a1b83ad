using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pvm2.Native.X64;

/// <summary>
/// Writes x86-64 instructions into a buffer that it owns and that grows. It knows just the forms that the lowering
/// needs, and each of them is checked against an independent disassembler in the tests.
/// </summary>
/// <remarks>
/// Every form is put together in one or two machine words and stored at once, so a store may write up to fifteen bytes
/// past what it emits: the buffer keeps <see cref="Slack"/> bytes free, and callers ask with
/// <see cref="EnsureRoom"/> for the room that many instructions need.
/// A REX prefix is always written, even where it says nothing: deciding would cost more than the byte.
/// </remarks>
internal sealed unsafe partial class Assembler : IDisposable
{
    /// <summary>Bytes that the end of the buffer keeps free.</summary>
    internal const int Slack = 16;

    /// <summary>The largest buffer: less than the code arena, and far enough from 2^31 for positions to be added up.</summary>
    private const long MaxCapacity = 0x6000_0000;

    private const uint Wide = 0x48;
    private const uint Narrow = 0x40;

    private byte* _start;
    private byte* _end;
    private byte* _cursor;

    /// <summary>Makes an empty buffer.</summary>
    /// <param name="capacity">Bytes to begin with.</param>
    internal Assembler(int capacity) => Resize(capacity + Slack);

    /// <summary>Frees the buffer if nobody disposed of it.</summary>
    ~Assembler() => NativeMemory.Free(_start);

    /// <summary>What was written so far; it stays valid until more is written.</summary>
    internal ReadOnlySpan<byte> Written => new(_start, Position);

    /// <summary>Bytes written so far: the offset of the next instruction.</summary>
    internal int Position => (int)(_cursor - _start);

    /// <summary>Bytes of the buffer.</summary>
    internal long Capacity => _end - _start;

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    internal void Clear() => _cursor = _start;

    /// <summary>Makes room for so many more bytes. Positions stay what they are.</summary>
    /// <exception cref="InsufficientMemoryException">The code becomes larger than the arena could hold.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void EnsureRoom(long bytes)
    {
        if (_end - _cursor < bytes)
        {
            Grow(bytes);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_start);
        _start = _cursor = _end = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>Replaces four bytes that were written before.</summary>
    internal void PatchInt32(int position, int value) => Unsafe.WriteUnaligned(_start + position, value);

    /// <summary>Makes room for data, which the caller fills in before anything else is written.</summary>
    /// <exception cref="InsufficientMemoryException">The code becomes larger than the arena could hold.</exception>
    internal Span<byte> Reserve(long bytes)
    {
        EnsureRoom(bytes);
        var data = new Span<byte>(_cursor, (int)bytes);
        _cursor += bytes;
        return data;
    }

    /// <summary>Fills with int3 up to a multiple of a power of two.</summary>
    internal void Align(int alignment)
    {
        while ((Position & (alignment - 1)) != 0)
        {
            Put(0xCC, 1);
        }
    }

    /// <summary>Makes room for so many more bytes, and for as many again, so that it does not grow often.</summary>
    private void Grow(long bytes)
    {
        var needed = Position + bytes + Slack;
        if (needed > MaxCapacity)
        {
            throw new InsufficientMemoryException("The guest's machine code is larger than the code arena can hold.");
        }

        Resize(Math.Min(2 * needed, MaxCapacity));
    }

    private void Resize(long capacity)
    {
        var position = Position;
        _start = (byte*)NativeMemory.Realloc(_start, (nuint)capacity);
        _end = _start + capacity - Slack;
        _cursor = _start + position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(ulong bits, int length)
    {
        // The buffer is this object's from _start to _end + Slack; EnsureRoom keeps these eight bytes inside.
        Unsafe.WriteUnaligned(_cursor, bits);
        _cursor += length;
    }

    /// <summary>Writes two pieces at once, the second behind the first.</summary>
    /// <param name="head">The first piece's bits.</param>
    /// <param name="headLength">Its bytes, 1 to 7.</param>
    /// <param name="tail">The second piece's bits.</param>
    /// <param name="tailLength">Its bytes, at most 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(ulong head, int headLength, ulong tail, int tailLength)
    {
        // As above, with sixteen bytes: the slack is as large.
        Unsafe.WriteUnaligned(_cursor, head | (tail << (headLength * 8)));
        Unsafe.WriteUnaligned(_cursor + sizeof(ulong), tail >> (64 - (headLength * 8)));
        _cursor += headLength + tailLength;
    }

    /// <summary>An instruction, and before it a copy of a register unless that is the destination.</summary>
    /// <param name="instruction">Its bits.</param>
    /// <param name="length">Its bytes, at most 5.</param>
    /// <remarks>Whether a copy is needed goes either way all the time, so nothing here branches on it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PutMoved(Register destination, Register source, ulong instruction, int length)
    {
        var isSame = Branchless.IsZero((uint)destination ^ (uint)source);
        var copied = 3 - (3 * isSame);
        var copy = Encode(Wide, 0x8B, (uint)destination, (uint)source) & (uint)(isSame - 1);
        Put((instruction << (copied * 8)) | copy, length + copied);
    }

    /// <summary>REX, one opcode byte and ModRM for two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PutRegisters(uint rex, uint opcode, uint reg, uint rm) => Put(Encode(rex, opcode, reg, rm), 3);

    /// <summary>The three bytes of REX, one opcode byte and ModRM for two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Encode(uint rex, uint opcode, uint reg, uint rm) =>
        (rex | ((reg >> 3) << 2) | (rm >> 3)) | (opcode << 8) | (ModRegisters(reg, rm) << 16);

    /// <summary>REX, 0F, an opcode byte and ModRM for two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PutRegisters0F(uint rex, uint opcode, uint reg, uint rm) =>
        Put((rex | ((reg >> 3) << 2) | (rm >> 3)) | 0x0F00 | (opcode << 16) | (ModRegisters(reg, rm) << 24), 4);

    /// <summary>REX, one opcode byte and ModRM for a register and an operand.</summary>
    private void PutOperand(uint rex, uint opcode, uint reg, Operand operand)
    {
        if (operand.IsSlot)
        {
            Put((rex | ((reg >> 3) << 2)) | (opcode << 8) | ((ulong)SlotAddress(reg, operand) << 16), 5);
        }
        else
        {
            PutRegisters(rex, opcode, reg, (uint)operand.Register);
        }
    }

    /// <summary>REX, 0F, an opcode byte and ModRM for a register and an operand.</summary>
    private void PutOperand0F(uint rex, uint opcode, uint reg, Operand operand)
    {
        if (operand.IsSlot)
        {
            Put((rex | ((reg >> 3) << 2)) | 0x0F00 | (opcode << 16) | ((ulong)SlotAddress(reg, operand) << 24), 6);
        }
        else
        {
            PutRegisters0F(rex, opcode, reg, (uint)operand.Register);
        }
    }

    /// <summary>A three-byte VEX prefix, an opcode byte and ModRM.</summary>
    /// <param name="map">Opcode map: 2 for 0F38, 3 for 0F3A.</param>
    /// <param name="prefix">0 none, 1 for 66, 2 for F3, 3 for F2.</param>
    private void PutVex(uint map, uint prefix, bool wide, uint opcode, uint reg, uint second, Operand operand)
    {
        var rm = operand.IsSlot ? 0u : (uint)operand.Register;
        var extensions = ((~reg & 8) << 4) | 0x40 | ((~rm & 8) << 2) | map;
        var fields = (wide ? 0x80u : 0) | ((~second & 15) << 3) | prefix;
        var head = 0xC4 | (extensions << 8) | (fields << 16) | (opcode << 24);
        if (operand.IsSlot)
        {
            Put(head | ((ulong)SlotAddress(reg, operand) << 32), 7);
        }
        else
        {
            Put(head | ((ulong)ModRegisters(reg, rm) << 32), 5);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ModRegisters(uint reg, uint rm) => 0xC0 | ((reg & 7) << 3) | (rm & 7);

    /// <summary>ModRM, SIB and displacement of [rsp + disp8].</summary>
    private static uint SlotAddress(uint reg, Operand slot) =>
        0x44 | ((reg & 7) << 3) | 0x2400 | ((uint)slot.Displacement << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Rex(bool wide) => wide ? Wide : Narrow;
}

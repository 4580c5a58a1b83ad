using System.Runtime.CompilerServices;

namespace Pvm2.Native.X64;

/// <content>Moves between registers, arithmetic, shifts and bit manipulation.</content>
internal sealed unsafe partial class Assembler
{
    /// <summary>Bytes of <see cref="Charge"/>.</summary>
    internal const int ChargeBytes = 14;

    /// <summary>mov destination, source (64 bits).</summary>
    internal void Move(Register destination, Operand source) => PutOperand(Wide, 0x8B, (uint)destination, source);

    /// <summary>mov destination, source (64 bits).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Move(Register destination, Register source) => PutRegisters(Wide, 0x8B, (uint)destination, (uint)source);

    /// <summary>mov destination, source (64 bits), or nothing where they are the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void MoveUnlessSame(Register destination, Register source)
    {
        var move = Encode(Wide, 0x8B, (uint)destination, (uint)source);
        Put(move, 3 - (3 * Branchless.IsZero((uint)destination ^ (uint)source)));
    }

    /// <summary>mov destination, source (32 bits; the upper half becomes zero).</summary>
    internal void Move32(Register destination, Operand source) => PutOperand(Narrow, 0x8B, (uint)destination, source);

    /// <summary>mov slot, source (64 bits).</summary>
    internal void MoveToSlot(Operand slot, Register source) => PutOperand(Wide, 0x89, (uint)source, slot);

    /// <summary>Loads a constant in the shortest form that leaves the flags alone.</summary>
    internal void MoveImmediate(Register destination, long value)
    {
        var low = (uint)destination & 7;
        var extension = (uint)destination >> 3;
        if ((ulong)value <= uint.MaxValue)
        {
            Put(Narrow | extension | ((0xB8 | low) << 8) | ((ulong)value << 16), 6);
        }
        else if (value == (int)value)
        {
            Put(Wide | extension | 0xC700 | ((0xC0 | low) << 16) | ((ulong)(uint)value << 24), 7);
        }
        else
        {
            Put(Wide | extension | ((0xB8 | low) << 8), 2);
            Put((ulong)value, 8);
        }
    }

    /// <summary>mov destination, immediate (32 bits; the upper half becomes zero). The flags stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void MoveImmediate32(Register destination, uint value) =>
        Put(Narrow | ((uint)destination >> 3) | ((0xB8 | ((uint)destination & 7)) << 8) | ((ulong)value << 16), 6);

    /// <summary>mov slot, immediate (64 bits, sign-extended).</summary>
    internal void MoveImmediateToSlot(Operand slot, int value)
    {
        Put(Wide | 0xC700 | ((ulong)SlotAddress(0, slot) << 16), 5);
        Put((uint)value, 4);
    }

    /// <summary>op destination, source.</summary>
    internal void Alu(AluOperation operation, bool wide, Register destination, Operand source) =>
        PutOperand(Rex(wide), ((uint)operation << 3) | 3, (uint)destination, source);

    /// <summary>op destination, source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Alu(AluOperation operation, bool wide, Register destination, Register source) =>
        PutRegisters(Rex(wide), ((uint)operation << 3) | 3, (uint)destination, (uint)source);

    /// <summary>destination = first op second (64 bits).</summary>
    /// <param name="second">Not the destination, unless the first is too.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Alu(AluOperation operation, Register destination, Register first, Register second) =>
        PutMoved(destination, first, Encode(Wide, ((uint)operation << 3) | 3, (uint)destination, (uint)second), 3);

    /// <summary>op slot, source.</summary>
    internal void AluToSlot(AluOperation operation, Operand slot, Register source) =>
        PutOperand(Wide, ((uint)operation << 3) | 1, (uint)source, slot);

    /// <summary>op destination, immediate (sign-extended).</summary>
    internal void Alu(AluOperation operation, bool wide, Register destination, int immediate)
    {
        var fitsByte = Branchless.FitsByte(immediate);
        var head = Encode(Rex(wide), 0x81 | ((uint)fitsByte << 1), (uint)operation, (uint)destination);
        Put(head | ((ulong)(uint)immediate << 24), 7 - (3 * fitsByte));
    }

    /// <summary>op slot, immediate (sign-extended).</summary>
    internal void AluToSlot(AluOperation operation, bool wide, Operand slot, int immediate)
    {
        PutOperand(Rex(wide), 0x81, (uint)operation, slot);
        Put((uint)immediate, 4);
    }

    /// <summary>sub qword [rsp], immediate, which is to be patched; jb to a position.</summary>
    /// <returns>The position of the four bytes of the immediate.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Charge(int exit)
    {
        const int SubtractBytes = 4;
        var position = Position;
        var distance = (uint)(exit - position - ChargeBytes);
        Put(0x242C_8148, SubtractBytes, 0x820F_0000_0000 | ((ulong)distance << 48), sizeof(ulong));
        Unsafe.WriteUnaligned(_cursor, distance >> 16);
        _cursor += ChargeBytes - SubtractBytes - sizeof(ulong);
        return position + SubtractBytes;
    }

    /// <summary>test a, b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Test(bool wide, Register a, Register b) => PutRegisters(Rex(wide), 0x85, (uint)a, (uint)b);

    /// <summary>A one-operand operation: not, neg, mul, imul, div, idiv.</summary>
    internal void Unary(UnaryOperation operation, bool wide, Operand operand) =>
        PutOperand(Rex(wide), 0xF7, (uint)operation, operand);

    /// <summary>imul destination, source.</summary>
    internal void Multiply(bool wide, Register destination, Operand source) =>
        PutOperand0F(Rex(wide), 0xAF, (uint)destination, source);

    /// <summary>destination = first · second, the low half.</summary>
    /// <param name="second">Not the destination, unless the first is too.</param>
    internal void Multiply(bool wide, Register destination, Register first, Register second) => PutMoved(
        destination, first, Rex(wide) | (((uint)destination >> 3) << 2) | ((uint)second >> 3) | 0xAF_0F00 | (ModRegisters((uint)destination, (uint)second) << 24), 4);

    /// <summary>mulx high, low, source: the product of rdx and the source, flags left alone. Needs BMI2.</summary>
    /// <remarks>Where both are one register it receives the high half.</remarks>
    internal void MultiplyWide(Register high, Register low, Operand source) =>
        PutVex(2, 3, wide: true, 0xF6, (uint)high, (uint)low, source);

    /// <summary>cqo or cdq: sign of rax into rdx.</summary>
    internal void SignIntoRdx(bool wide) => Put(Rex(wide) | 0x9900, 2);

    /// <summary>lea destination, [base + displacement].</summary>
    internal void LoadAddress(bool wide, Register destination, Register baseRegister, int displacement)
    {
        var tail = Address((uint)destination, baseRegister, displacement, out var length);
        Put(Rex(wide) | (((uint)destination >> 3) << 2) | ((uint)baseRegister >> 3) | 0x8D00 | (tail << 16), 2 + length);
    }

    /// <summary>destination = first + second, which may be any registers; the flags stay.</summary>
    internal void AddInto(bool wide, Register destination, Register first, Register second)
    {
        // rbp and r13 as base cost a byte and a cycle, rsp is never an operand.
        var isSwapped = Branchless.IsZero(((uint)first & 7) ^ (uint)Register.Rbp);
        var baseRegister = Branchless.Select(isSwapped, (uint)first, (uint)second);
        var index = Branchless.Select(isSwapped, (uint)second, (uint)first);
        LoadAddress(wide, destination, (Register)baseRegister, (Register)index, scale: 0);
    }

    /// <summary>lea destination, [base + index · 2^scale].</summary>
    /// <param name="scale">0 to 3; the index must not be rsp.</param>
    internal void LoadAddress(bool wide, Register destination, Register baseRegister, Register index, int scale)
    {
        // Mod 01 with displacement 0 where rbp or r13 is the base, which have no form without one.
        var rex = Rex(wide) | (((uint)destination >> 3) << 2) | (((uint)index >> 3) << 1) | ((uint)baseRegister >> 3);
        var sib = ((uint)scale << 6) | (((uint)index & 7) << 3) | ((uint)baseRegister & 7);
        var needsDisplacement = (uint)Branchless.IsZero(((uint)baseRegister & 7) ^ (uint)Register.Rbp);
        var modrm = 0x04 | (needsDisplacement << 6) | (((uint)destination & 7) << 3);
        Put(rex | 0x8D00 | (modrm << 16) | ((ulong)sib << 24), 4 + (int)needsDisplacement);
    }

    /// <summary>destination = source shifted or rotated by a constant.</summary>
    /// <param name="count">Less than the width.</param>
    internal void Shift(ShiftOperation operation, bool wide, Register destination, Register source, int count) => PutMoved(
        destination, source, Encode(Rex(wide), 0xC1, (uint)operation, (uint)destination) | ((ulong)(uint)count << 24), 4);

    /// <summary>Shifts or rotates a register by a constant.</summary>
    /// <param name="count">Less than the width.</param>
    internal void Shift(ShiftOperation operation, bool wide, Register destination, int count) =>
        Shift(operation, wide, destination, destination, count);

    /// <summary>Shift or rotate by cl.</summary>
    internal void ShiftByCl(ShiftOperation operation, bool wide, Register destination) =>
        PutRegisters(Rex(wide), 0xD3, (uint)operation, (uint)destination);

    /// <summary>shlx, shrx or sarx: destination = source shifted by a register. Needs BMI2.</summary>
    internal void ShiftBy(ShiftOperation operation, bool wide, Register destination, Operand source, Register count)
    {
        var prefix = operation switch
        {
            ShiftOperation.Left => 1u,
            ShiftOperation.RightArithmetic => 2u,
            _ => 3u,
        };
        PutVex(2, prefix, wide, 0xF7, (uint)destination, (uint)count, source);
    }

    /// <summary>rorx: destination = source rotated right by a constant. Needs BMI2.</summary>
    internal void RotateRight(bool wide, Register destination, Operand source, int count)
    {
        PutVex(3, 3, wide, 0xF0, (uint)destination, 0, source);
        Put((byte)count, 1);
    }

    /// <summary>andn: destination = ~inverted and other. Needs BMI1.</summary>
    internal void AndNot(Register destination, Register inverted, Operand other) =>
        PutVex(2, 0, wide: true, 0xF2, (uint)destination, (uint)inverted, other);

    /// <summary>movsx destination, source (8 bits).</summary>
    internal void SignExtend8(Register destination, Operand source) => PutOperand0F(Wide, 0xBE, (uint)destination, source);

    /// <summary>movsx destination, source (16 bits).</summary>
    internal void SignExtend16(Register destination, Operand source) => PutOperand0F(Wide, 0xBF, (uint)destination, source);

    /// <summary>movsxd destination, source (32 bits).</summary>
    internal void SignExtend32(Register destination, Operand source) => PutOperand(Wide, 0x63, (uint)destination, source);

    /// <summary>movsxd destination, source (32 bits).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void SignExtend32(Register destination, Register source) => PutRegisters(Wide, 0x63, (uint)destination, (uint)source);

    /// <summary>movzx destination, source (16 bits).</summary>
    internal void ZeroExtend16(Register destination, Operand source) => PutOperand0F(Narrow, 0xB7, (uint)destination, source);

    /// <summary>setcc destination (8 bits).</summary>
    internal void Set(Condition condition, Register destination) =>
        PutRegisters0F(Narrow, 0x90 | (uint)condition, 0, (uint)destination);

    /// <summary>cmovcc destination, source (64 bits).</summary>
    internal void ConditionalMove(Condition condition, Register destination, Operand source) =>
        PutOperand0F(Wide, 0x40 | (uint)condition, (uint)destination, source);

    /// <summary>lzcnt destination, source.</summary>
    internal void CountLeadingZeros(bool wide, Register destination, Operand source) => PutCount(0xBD, wide, destination, source);

    /// <summary>tzcnt destination, source.</summary>
    internal void CountTrailingZeros(bool wide, Register destination, Operand source) => PutCount(0xBC, wide, destination, source);

    /// <summary>popcnt destination, source.</summary>
    internal void CountOnes(bool wide, Register destination, Operand source) => PutCount(0xB8, wide, destination, source);

    /// <summary>bsr destination, source: undefined, and zero set, where the source is zero.</summary>
    internal void BitScanReverse(bool wide, Register destination, Operand source) =>
        PutOperand0F(Rex(wide), 0xBD, (uint)destination, source);

    /// <summary>bsf destination, source: undefined, and zero set, where the source is zero.</summary>
    internal void BitScanForward(bool wide, Register destination, Operand source) =>
        PutOperand0F(Rex(wide), 0xBC, (uint)destination, source);

    /// <summary>bswap destination (64 bits).</summary>
    internal void ReverseBytes(Register destination) =>
        Put(Wide | ((uint)destination >> 3) | 0x0F00 | ((0xC8 | ((uint)destination & 7)) << 16), 3);

    /// <summary>bt, bts, btr or btc: the bit goes to carry; the index is taken modulo 64.</summary>
    internal void Bit(BitOperation operation, Register destination, Register index) =>
        PutRegisters0F(Wide, 0x83 | ((uint)operation << 3), (uint)index, (uint)destination);

    /// <summary>bt, bts, btr or btc with a constant index.</summary>
    internal void Bit(BitOperation operation, Register destination, int index)
    {
        PutRegisters0F(Wide, 0xBA, (uint)operation, (uint)destination);
        Put((byte)index, 1);
    }

    private void PutCount(uint opcode, bool wide, Register destination, Operand source)
    {
        Put(0xF3, 1);
        PutOperand0F(Rex(wide), opcode, (uint)destination, source);
    }
}

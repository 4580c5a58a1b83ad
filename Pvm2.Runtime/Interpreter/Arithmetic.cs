using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pvm2.Runtime.Interpreter;

/// <summary>
/// Results of the instructions that C# has no operator for, from the RISC-V unprivileged manual. All of them are
/// total: division by zero and overflow have a result.
/// </summary>
internal static class Arithmetic
{
    private const ulong LowBitOfBytes = 0x0101_0101_0101_0101;

    /// <summary>Sign-extends the low 32 bits: the end of every instruction whose name ends in w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Word(uint value) => (ulong)(int)value;

    /// <inheritdoc cref="Word(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Word(int value) => (ulong)value;

    /// <summary>1 for true, 0 for false.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Truth(bool condition) => condition ? 1UL : 0UL;

    internal static ulong MultiplyHigh(ulong left, ulong right) => (ulong)Math.BigMul((long)left, (long)right, out _);

    internal static ulong MultiplyHighUnsigned(ulong left, ulong right) => Math.BigMul(left, right, out _);

    /// <summary>The upper half of signed left times unsigned right.</summary>
    internal static ulong MultiplyHighSignedUnsigned(ulong left, ulong right) =>
        Math.BigMul(left, right, out _) - ((long)left < 0 ? right : 0);

    internal static ulong Divide(ulong left, ulong right) => (long)right switch
    {
        0 => ulong.MaxValue,
        -1 => 0 - left, // MIN / −1 is MIN; the host's division would raise an exception.
        _ => (ulong)((long)left / (long)right),
    };

    internal static ulong DivideUnsigned(ulong left, ulong right) => right == 0 ? ulong.MaxValue : left / right;

    internal static ulong Remainder(ulong left, ulong right) => (long)right switch
    {
        0 => left,
        -1 => 0,
        _ => (ulong)((long)left % (long)right),
    };

    internal static ulong RemainderUnsigned(ulong left, ulong right) => right == 0 ? left : left % right;

    internal static ulong DivideWord(uint left, uint right) => (int)right switch
    {
        0 => ulong.MaxValue,
        -1 => Word(0 - left),
        _ => Word((int)left / (int)right),
    };

    internal static ulong DivideWordUnsigned(uint left, uint right) => right == 0 ? ulong.MaxValue : Word(left / right);

    internal static ulong RemainderWord(uint left, uint right) => (int)right switch
    {
        0 => Word(left),
        -1 => 0,
        _ => Word((int)left % (int)right),
    };

    internal static ulong RemainderWordUnsigned(uint left, uint right) => Word(right == 0 ? left : left % right);

    /// <summary>Makes every byte that is not zero all ones.</summary>
    internal static ulong CombineBytes(ulong value)
    {
        value |= (value & 0xF0F0_F0F0_F0F0_F0F0) >> 4;
        value |= (value & 0x0C0C_0C0C_0C0C_0C0C) >> 2;
        value |= (value & 0x0202_0202_0202_0202) >> 1;
        return (value & LowBitOfBytes) * byte.MaxValue;
    }

    /// <summary>The bit of a number that a register operand selects.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Bit(ulong index) => 1UL << (int)index;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong RotateWordLeft(ulong value, ulong amount) =>
        Word(BitOperations.RotateLeft((uint)value, (int)amount));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong RotateWordRight(ulong value, ulong amount) =>
        Word(BitOperations.RotateRight((uint)value, (int)amount));
}

using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Pvm2.Runtime.Portable;

/// <summary>
/// Results of the instructions that C# has no operator for, from the RISC-V unprivileged manual. All of them are
/// total: division by zero and overflow have a result.
/// </summary>
public static class Arithmetic
{
    private const ulong LowBitOfBytes = 0x0101_0101_0101_0101;

    /// <summary>Sign-extends the low 32 bits: the end of every instruction whose name ends in w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Word(uint value) => (ulong)(int)value;

    /// <inheritdoc cref="Word(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Word(int value) => (ulong)value;

    /// <summary>1 for true, 0 for false.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Truth(bool condition) => condition ? 1UL : 0UL;

    /// <summary>The upper half of the product of two signed numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyHigh(ulong left, ulong right) =>
        MultiplyHighUnsigned(left, right) - ((ulong)((long)left >> 63) & right) - ((ulong)((long)right >> 63) & left);

    /// <summary>The upper half of the product; one instruction on most machines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyHighUnsigned(ulong left, ulong right) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(left, right)
        : ArmBase.Arm64.IsSupported ? ArmBase.Arm64.MultiplyHigh(left, right)
        : MultiplyHighPortably(left, right);

    /// <summary>The upper half of signed left times unsigned right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyHighSignedUnsigned(ulong left, ulong right) =>
        MultiplyHighUnsigned(left, right) - ((ulong)((long)left >> 63) & right);

    /// <summary><c>div</c></summary>
    public static ulong Divide(ulong left, ulong right) => (long)right switch
    {
        0 => ulong.MaxValue,
        -1 => 0 - left, // MIN / −1 is MIN; the host's division would raise an exception.
        _ => (ulong)((long)left / (long)right),
    };

    /// <summary><c>divu</c></summary>
    public static ulong DivideUnsigned(ulong left, ulong right) => right == 0 ? ulong.MaxValue : left / right;

    /// <summary><c>rem</c></summary>
    public static ulong Remainder(ulong left, ulong right) => (long)right switch
    {
        0 => left,
        -1 => 0,
        _ => (ulong)((long)left % (long)right),
    };

    /// <summary><c>remu</c></summary>
    public static ulong RemainderUnsigned(ulong left, ulong right) => right == 0 ? left : left % right;

    /// <summary><c>divw</c></summary>
    public static ulong DivideWord(uint left, uint right) => (int)right switch
    {
        0 => ulong.MaxValue,
        -1 => Word(0 - left),
        _ => Word((int)left / (int)right),
    };

    /// <summary><c>divuw</c></summary>
    public static ulong DivideWordUnsigned(uint left, uint right) => right == 0 ? ulong.MaxValue : Word(left / right);

    /// <summary><c>remw</c></summary>
    public static ulong RemainderWord(uint left, uint right) => (int)right switch
    {
        0 => Word(left),
        -1 => 0,
        _ => Word((int)left % (int)right),
    };

    /// <summary><c>remuw</c></summary>
    public static ulong RemainderWordUnsigned(uint left, uint right) => Word(right == 0 ? left : left % right);

    /// <summary><c>rev8</c></summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ReverseBytes(ulong value) => BinaryPrimitives.ReverseEndianness(value);

    /// <summary>Makes every byte that is not zero all ones.</summary>
    public static ulong CombineBytes(ulong value)
    {
        value |= (value & 0xF0F0_F0F0_F0F0_F0F0) >> 4;
        value |= (value & 0x0C0C_0C0C_0C0C_0C0C) >> 2;
        value |= (value & 0x0202_0202_0202_0202) >> 1;
        return (value & LowBitOfBytes) * byte.MaxValue;
    }

    /// <summary>Kept out of handlers, which must not take the address of a local.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong MultiplyHighPortably(ulong left, ulong right) => Math.BigMul(left, right, out _);
}

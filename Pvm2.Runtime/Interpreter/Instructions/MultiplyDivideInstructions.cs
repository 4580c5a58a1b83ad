using System.Runtime.CompilerServices;
using static Pvm2.Runtime.Portable.Arithmetic;

namespace Pvm2.Runtime.Interpreter.Instructions;

#pragma warning disable format // One row an instruction.
internal readonly struct Mul : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => left * right; }
internal readonly struct Mulh : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => MultiplyHigh(left, right); }
internal readonly struct Mulhsu : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => MultiplyHighSignedUnsigned(left, right); }
internal readonly struct Mulhu : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => MultiplyHighUnsigned(left, right); }
internal readonly struct Div : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => Divide(left, right); }
internal readonly struct Divu : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => DivideUnsigned(left, right); }
internal readonly struct Rem : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => Remainder(left, right); }
internal readonly struct Remu : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => RemainderUnsigned(left, right); }
internal readonly struct Mulw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => Word((int)left * (int)right); }
internal readonly struct Divw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => DivideWord((uint)left, (uint)right); }
internal readonly struct Divuw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => DivideWordUnsigned((uint)left, (uint)right); }
internal readonly struct Remw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => RemainderWord((uint)left, (uint)right); }
internal readonly struct Remuw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => RemainderWordUnsigned((uint)left, (uint)right); }
#pragma warning restore format

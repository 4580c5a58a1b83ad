using System.Runtime.CompilerServices;
using static Pvm2.Runtime.Portable.Arithmetic;

namespace Pvm2.Runtime.Interpreter.Instructions;

#pragma warning disable format // One row an instruction.
internal readonly struct Add : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => left + right; }
internal readonly struct Sub : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => left - right; }
internal readonly struct Sll : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => left << (int)right; }
internal readonly struct Slt : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => Truth((long)left < (long)right); }
internal readonly struct Sltu : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => Truth(left < right); }
internal readonly struct Xor : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => left ^ right; }
internal readonly struct Srl : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => left >> (int)right; }
internal readonly struct Sra : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => (ulong)((long)left >> (int)right); }
internal readonly struct Or : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => left | right; }
internal readonly struct And : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => left & right; }
internal readonly struct Addw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => Word((int)left + (int)right); }
internal readonly struct Subw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => Word((int)left - (int)right); }
internal readonly struct Sllw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => Word((int)left << (int)right); }
internal readonly struct Srlw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => Word((uint)left >> (int)right); }
internal readonly struct Sraw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => Word((int)left >> (int)right); }
#pragma warning restore format

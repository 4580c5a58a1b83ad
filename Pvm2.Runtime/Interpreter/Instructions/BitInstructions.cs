using System.Numerics;
using System.Runtime.CompilerServices;
using static Pvm2.Runtime.Portable.Arithmetic;

namespace Pvm2.Runtime.Interpreter.Instructions;

#pragma warning disable format // One row an instruction.
internal readonly struct Andn : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => left & ~right; }
internal readonly struct Orn : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => left | ~right; }
internal readonly struct Xnor : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => ~(left ^ right); }
internal readonly struct Max : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => (ulong)Math.Max((long)left, (long)right); }
internal readonly struct Maxu : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => Math.Max(left, right); }
internal readonly struct Min : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => (ulong)Math.Min((long)left, (long)right); }
internal readonly struct Minu : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => Math.Min(left, right); }
internal readonly struct Rol : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => BitOperations.RotateLeft(left, (int)right); }
internal readonly struct Ror : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => BitOperations.RotateRight(left, (int)right); }
internal readonly struct Rolw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => Word(BitOperations.RotateLeft((uint)left, (int)right)); }
internal readonly struct Rorw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => Word(BitOperations.RotateRight((uint)left, (int)right)); }
internal readonly struct Bclr : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => left & ~(1UL << (int)right); }
internal readonly struct Bext : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => (left >> (int)right) & 1; }
internal readonly struct Binv : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => left ^ (1UL << (int)right); }
internal readonly struct Bset : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => left | (1UL << (int)right); }
internal readonly struct CzeroEqz : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => right == 0 ? 0 : left; }
internal readonly struct CzeroNez : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => right != 0 ? 0 : left; }
#pragma warning restore format

using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using static Pvm2.Runtime.Portable.Arithmetic;

namespace Pvm2.Runtime.Interpreter.Instructions;

#pragma warning disable format // One row an instruction.
internal readonly struct Clz : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong value) => (ulong)BitOperations.LeadingZeroCount(value); }
internal readonly struct Ctz : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong value) => (ulong)BitOperations.TrailingZeroCount(value); }
internal readonly struct Cpop : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong value) => (ulong)BitOperations.PopCount(value); }
internal readonly struct Clzw : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong value) => (ulong)BitOperations.LeadingZeroCount((uint)value); }
internal readonly struct Ctzw : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong value) => (ulong)BitOperations.TrailingZeroCount((uint)value); }
internal readonly struct Cpopw : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong value) => (ulong)BitOperations.PopCount((uint)value); }
internal readonly struct SextB : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong value) => (ulong)(sbyte)value; }
internal readonly struct SextH : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong value) => (ulong)(short)value; }
internal readonly struct ZextH : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong value) => (ushort)value; }
internal readonly struct OrcB : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong value) => CombineBytes(value); }
internal readonly struct Rev8 : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong value) => BinaryPrimitives.ReverseEndianness(value); }
#pragma warning restore format

using System.Runtime.CompilerServices;

namespace Pvm2.Runtime.Interpreter.Instructions;

#pragma warning disable format // One row an instruction.
internal readonly struct AddUw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => (uint)left + right; }
internal readonly struct Sh1add : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => (left << 1) + right; }
internal readonly struct Sh2add : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => (left << 2) + right; }
internal readonly struct Sh3add : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => (left << 3) + right; }
internal readonly struct Sh1addUw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => ((ulong)(uint)left << 1) + right; }
internal readonly struct Sh2addUw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => ((ulong)(uint)left << 2) + right; }
internal readonly struct Sh3addUw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => ((ulong)(uint)left << 3) + right; }
internal readonly struct SllUw : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Compute(ulong left, ulong right) => (ulong)(uint)left << (int)right; }
#pragma warning restore format

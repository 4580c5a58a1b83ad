using System.Runtime.CompilerServices;

namespace Pvm2.Runtime.Interpreter.Instructions;

#pragma warning disable format // One row an instruction.
internal readonly struct Beq : ICondition { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Holds(ulong left, ulong right) => left == right; }
internal readonly struct Bne : ICondition { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Holds(ulong left, ulong right) => left != right; }
internal readonly struct Blt : ICondition { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Holds(ulong left, ulong right) => (long)left < (long)right; }
internal readonly struct Bge : ICondition { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Holds(ulong left, ulong right) => (long)left >= (long)right; }
internal readonly struct Bltu : ICondition { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Holds(ulong left, ulong right) => left < right; }
internal readonly struct Bgeu : ICondition { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static bool Holds(ulong left, ulong right) => left >= right; }
#pragma warning restore format

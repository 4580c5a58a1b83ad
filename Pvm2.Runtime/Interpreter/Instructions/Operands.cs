using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>Where instructions find their operands.</summary>
internal static unsafe class Operands
{
    /// <summary>A register by its offset in the state, which the predecoder made and is inside it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref ulong Register(ExecutionState* state, byte offset) => ref *(ulong*)((byte*)state + offset);

    /// <summary>The immediate, sign-extended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Immediate(Operation* operation) => (ulong)operation->Immediate;

    /// <summary>
    /// The distance of a memory access from the start of the main run, which the predecoder took off the immediate.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Distance(Operation* operation, ExecutionState* state) =>
        (uint)Register(state, operation->Rs1) + (uint)operation->Immediate;
}

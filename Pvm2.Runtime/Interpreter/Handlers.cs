using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Interpreter.Instructions;

namespace Pvm2.Runtime.Interpreter;

/// <summary>
/// What slots are executed by. A handler does the work of its slot, or of two slots, and calls the handler of the
/// next one as its last act, which the compiler turns into a jump: there is no loop, and no shared place from which
/// all instructions are dispatched, so that the processor can learn what tends to follow what.
/// </summary>
/// <remarks>
/// <para>Slots: every pointer stays inside the pinned array of the code that the caller of
/// <see cref="InterpreterCode.Run"/> keeps alive; the predecoder ends each path in a handler that leaves.</para>
/// <para>Calls: a handler must not take the address of a local, and calls others by name or pointer only where it
/// returns right afterwards; else the call is no jump and a guest's loop would eat the stack. A test measures the
/// stack under every handler. AggressiveOptimization keeps handlers from being compiled without optimisation first.
/// Where the runtime makes no such jumps at all, other handlers are used: see <see cref="TailCalls"/>.</para>
/// <para>A handler that leaves has stored where and why.</para>
/// </remarks>
internal static unsafe partial class Handlers
{
    /// <summary>Executes one instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Single<TInstruction>(Operation* operation, ExecutionState* state)
        where TInstruction : struct, IInstruction
    {
        if (!TInstruction.TryExecute(operation, state))
        {
            Retry<TInstruction>(operation, state);
            return;
        }

        operation++;
        operation->Handler(operation, state);
    }

    /// <summary>Executes two instructions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pair<TFirst, TSecond>(Operation* operation, ExecutionState* state)
        where TFirst : struct, IInstruction
        where TSecond : struct, IInstruction
    {
        if (!TFirst.TryExecute(operation, state))
        {
            Retry<TFirst>(operation, state);
            return;
        }

        operation++;
        if (!TSecond.TryExecute(operation, state))
        {
            Retry<TSecond>(operation, state);
            return;
        }

        operation++;
        operation->Handler(operation, state);
    }

    /// <summary>Executes an access that its quick way refused, alone: the slot after it has a handler of its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Retry<TInstruction>(Operation* operation, ExecutionState* state)
        where TInstruction : struct, IInstruction
    {
        if (!TInstruction.TryExecuteSlowly(operation, state))
        {
            Leave(operation, state, ExitReason.PageFault);
            return;
        }

        operation++;
        operation->Handler(operation, state);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Leave(Operation* operation, ExecutionState* state, ExitReason reason)
    {
        state->Reason = reason;
        state->TierPosition = (nint)operation;
    }
}

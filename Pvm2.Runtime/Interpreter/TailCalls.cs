using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Interpreter.Instructions;

namespace Pvm2.Runtime.Interpreter;

/// <summary>
/// Whether handlers that end in a call use up stack. Optimised code does not; code compiled for a debugger, or with
/// the optimisation switched off, does, and then a guest's loop must not be a chain of calls.
/// </summary>
internal static unsafe class TailCalls
{
    private const int LongChain = 64;

    /// <summary>The answer, found by measuring how deep the stack is after a short and after a long chain of handlers.</summary>
    internal static bool KeepStack { get; } = Measure(0) == Measure(LongChain);

    /// <summary>Executes slots and tells where the stack was after them.</summary>
    /// <param name="operations">The slots, each with its handler; the last one is overwritten.</param>
    /// <param name="state">The state to execute them on.</param>
    /// <returns>An address on the stack.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static nint DepthAfter(Span<Operation> operations, ref ExecutionState state)
    {
        operations[^1].Handler = &TellDepth;
        fixed (Operation* first = operations)
        fixed (ExecutionState* pointer = &state)
        {
            first->Handler(first, pointer);
        }

        return state.TierPosition;
    }

    private static nint Measure(int length)
    {
        Span<Operation> operations = new Operation[length + 1];
        operations.Fill(new Operation
        {
            Handler = &Handlers.Single<RType<Add>>,
            Rd = (byte)ExecutionState.DiscardOffset,
        });
        ExecutionState state = default;
        return DepthAfter(operations, ref state);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void TellDepth(Operation* operation, ExecutionState* state)
    {
        byte local;
        state->TierPosition = (nint)(&local);
    }
}

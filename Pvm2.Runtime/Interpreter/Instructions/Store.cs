using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>A store: where the bytes go, and whether they may be written.</summary>
internal readonly unsafe struct Store<TStore> : IInstruction
    where TStore : struct, IStore
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryExecute(Operation* operation, ExecutionState* state)
    {
        var distance = Operands.Distance(operation, state);
        if (distance >= state->WriteLimit)
        {
            return false;
        }

        // Below the limit any access is inside the memory that the caller of the tier keeps alive.
        TStore.Write(state->WriteBase + distance, Operands.Register(state, operation->Rs2));
        return true;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryExecuteSlowly(Operation* operation, ExecutionState* state)
    {
        var host = state->ResolveWrite(Operands.Distance(operation, state) + state->WriteStart, TStore.Size);
        if (host == null)
        {
            return false;
        }

        TStore.Write(host, Operands.Register(state, operation->Rs2));
        return true;
    }
}

using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>A load: where the bytes are, and whether they may be read.</summary>
internal readonly unsafe struct Load<TLoad> : IInstruction
    where TLoad : struct, ILoad
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryExecute(Operation* operation, ExecutionState* state)
    {
        var distance = Operands.Distance(operation, state);
        if (distance >= state->ReadLimit)
        {
            return false;
        }

        // Below the limit any access is inside the memory that the caller of the tier keeps alive.
        Operands.Register(state, operation->Rd) = TLoad.Read(state->ReadBase + distance);
        return true;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryExecuteSlowly(Operation* operation, ExecutionState* state)
    {
        var host = state->ResolveRead(Operands.Distance(operation, state) + state->ReadStart, TLoad.Size);
        if (host == null)
        {
            return false;
        }

        Operands.Register(state, operation->Rd) = TLoad.Read(host);
        return true;
    }
}

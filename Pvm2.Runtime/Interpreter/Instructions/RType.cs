using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>An instruction on two registers.</summary>
internal readonly unsafe struct RType<TBinary> : IInstruction
    where TBinary : struct, IBinary
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryExecute(Operation* operation, ExecutionState* state)
    {
        Operands.Register(state, operation->Rd) = TBinary.Compute(
            Operands.Register(state, operation->Rs1), Operands.Register(state, operation->Rs2));
        return true;
    }
}

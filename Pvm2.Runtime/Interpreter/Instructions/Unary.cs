using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>An instruction on one register.</summary>
internal readonly unsafe struct Unary<TUnary> : IInstruction
    where TUnary : struct, IUnary
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryExecute(Operation* operation, ExecutionState* state)
    {
        Operands.Register(state, operation->Rd) = TUnary.Compute(Operands.Register(state, operation->Rs1));
        return true;
    }
}

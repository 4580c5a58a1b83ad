using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>An instruction on a register and an immediate.</summary>
internal readonly unsafe struct IType<TBinary> : IInstruction
    where TBinary : struct, IBinary
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryExecute(Operation* operation, ExecutionState* state)
    {
        Operands.Register(state, operation->Rd) = TBinary.Compute(
            Operands.Register(state, operation->Rs1), Operands.Immediate(operation));
        return true;
    }
}

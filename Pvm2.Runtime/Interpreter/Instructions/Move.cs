using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>A copy of a register: <c>add</c> or <c>addi</c> with a zero.</summary>
internal readonly unsafe struct Move : IInstruction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryExecute(Operation* operation, ExecutionState* state)
    {
        Operands.Register(state, operation->Rd) = Operands.Register(state, operation->Rs1);
        return true;
    }
}

using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>A constant of 32 bits, sign-extended: <c>lui</c>, the link of a jump, and <c>li</c>.</summary>
internal readonly unsafe struct LoadConstant : IInstruction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryExecute(Operation* operation, ExecutionState* state)
    {
        Operands.Register(state, operation->Rd) = Operands.Immediate(operation);
        return true;
    }
}

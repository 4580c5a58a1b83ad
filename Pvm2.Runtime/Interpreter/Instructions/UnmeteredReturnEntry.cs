using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>Blocks that cost nothing, where calls use up the stack.</summary>
internal readonly unsafe struct UnmeteredReturnEntry : IBlockEntry
{
    /// <inheritdoc/>
    public static int Slots => 0;

    /// <inheritdoc/>
    public static bool Polls => true;

    /// <inheritdoc/>
    public static bool KeepsStack => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryEnter(Operation* entry, ExecutionState* state) => true;
}

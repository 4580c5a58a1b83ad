using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>Blocks that cost gas, where calls use up the stack.</summary>
internal readonly unsafe struct MeteredReturnEntry : IBlockEntry
{
    /// <inheritdoc/>
    public static int Slots => 1;

    /// <inheritdoc/>
    public static bool Polls => false;

    /// <inheritdoc/>
    public static bool KeepsStack => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryEnter(Operation* entry, ExecutionState* state) => MeteredEntry.TryEnter(entry, state);
}

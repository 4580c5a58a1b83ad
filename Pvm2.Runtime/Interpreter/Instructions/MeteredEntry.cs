using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>Blocks that cost gas.</summary>
internal readonly unsafe struct MeteredEntry : IBlockEntry
{
    /// <inheritdoc/>
    public static int Slots => 1;

    /// <inheritdoc/>
    public static bool Polls => false;

    /// <inheritdoc/>
    public static bool KeepsStack => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryEnter(Operation* entry, ExecutionState* state)
    {
        var gas = state->Gas;
        if (gas < entry->Cost)
        {
            return false;
        }

        state->Gas = gas - entry->Cost;
        return true;
    }
}

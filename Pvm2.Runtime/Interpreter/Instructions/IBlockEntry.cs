using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>
/// What happens between a jump and the first instruction of the block that it goes to. Jump handlers name it as a
/// type argument and do it themselves, which saves a dispatch a block.
/// </summary>
internal unsafe interface IBlockEntry
{
    /// <summary>Slots before the first instruction: 1 for what <see cref="TryEnter"/> looks at, or 0.</summary>
    static abstract int Slots { get; }

    /// <summary>Whether indirect jumps look whether another thread wants the run to stop.</summary>
    static abstract bool Polls { get; }

    /// <summary>
    /// Whether a handler may call the next block's, since the compiler makes such calls without using up the stack;
    /// see <see cref="TailCalls"/>. If not, it returns to <see cref="InterpreterCode.Run"/> between blocks.
    /// </summary>
    static abstract bool KeepsStack { get; }

    /// <summary>Takes a block's gas.</summary>
    /// <param name="entry">The block's first slot.</param>
    /// <returns>Whether there was enough; if not, nothing was taken.</returns>
    static abstract bool TryEnter(Operation* entry, ExecutionState* state);
}

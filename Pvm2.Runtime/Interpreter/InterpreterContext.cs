using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter;

/// <summary>What handlers need of the code besides its slots. It points into pinned arrays of the same owner.</summary>
internal unsafe struct InterpreterContext
{
    /// <summary>The slots.</summary>
    internal Operation* Operations;

    /// <summary>For each slot, which handler of <see cref="Handlers"/> is its own.</summary>
    internal ushort* HandlerNumbers;

    /// <summary>The entry points of the handlers, as the compiler hands them out.</summary>
    internal nint* Handlers;

    /// <summary>In xjar for each halfword of code the slot where a block starts there, or −1.</summary>
    internal int* BlockAtHalfword;

    /// <summary>What a program counter is before the first byte of code.</summary>
    internal uint CodeBase;

    /// <summary>Bytes of code.</summary>
    internal uint CodeLength;

    /// <summary>The slot where the block at an address starts; null if there is none.</summary>
    /// <param name="address">An even number.</param>
    internal readonly Operation* FindBlock(ulong address)
    {
        var offset = address - CodeBase;
        if (offset >= CodeLength)
        {
            return null;
        }

        var slot = BlockAtHalfword[offset >> 1];
        return slot < 0 ? null : Operations + slot;
    }

    /// <summary>Finds a slot's handler, and leaves it in the slot once its code is there.</summary>
    /// <remarks>
    /// Threads may link a slot at the same time: each writes a pointer in one piece, and every pointer that is ever
    /// there leads to the same code.
    /// </remarks>
    internal readonly delegate*<Operation*, ExecutionState*, void> Link(Operation* operation)
    {
        var handler = Handlers[HandlerNumbers[operation - Operations]];
        if (HandlerCode.TryFind(handler, out var code))
        {
            handler = code;
            operation->Handler = (delegate*<Operation*, ExecutionState*, void>)handler;
        }

        return (delegate*<Operation*, ExecutionState*, void>)handler;
    }
}

using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Lowering;

/// <summary>A decoded basic block.</summary>
internal sealed class GuestBlock
{
    /// <summary>Takes the block's instructions.</summary>
    /// <param name="number">Number of the block in its program.</param>
    /// <param name="start">Code offset of its first instruction.</param>
    /// <param name="instructions">At least one.</param>
    internal GuestBlock(int number, uint start, Instruction[] instructions)
    {
        Number = number;
        Start = start;
        Instructions = instructions;
        foreach (var instruction in instructions)
        {
            Read |= RegisterSet.ReadBy(instruction);
            Written |= RegisterSet.WrittenBy(instruction);
            AccessesMemory |= instruction.Family is InstructionFamily.Load or InstructionFamily.Store;
        }
    }

    /// <summary>Number of the block in its program.</summary>
    internal int Number { get; }

    /// <summary>Code offset of the first instruction.</summary>
    internal uint Start { get; }

    /// <summary>The instructions.</summary>
    internal Instruction[] Instructions { get; }

    /// <summary>The last instruction, which may be a terminator.</summary>
    internal Instruction Last => Instructions[^1];

    /// <summary>Registers that the block reads.</summary>
    internal RegisterSet Read { get; }

    /// <summary>Registers that the block writes.</summary>
    internal RegisterSet Written { get; }

    /// <summary>Whether it loads or stores.</summary>
    internal bool AccessesMemory { get; }
}

using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Lowering;

/// <summary>Where control goes from the end of a block.</summary>
internal static class BlockFlow
{
    /// <summary>
    /// A jump table of more entries than this is looked up in memory: a <c>switch</c> would be much code, and it is
    /// rather a table of functions than the return sites of one.
    /// </summary>
    internal const int LongestSwitch = 256;

    /// <summary>Whether the block may go to any block that can be entered, as its target is looked up in memory.</summary>
    internal static bool IsDynamic(Module module, GuestBlock block) => block.Last.Opcode switch
    {
        Opcode.Jalr => true,
        Opcode.BrTable => module.Program.JumpTables[block.Last.Immediate].Length > LongestSwitch,
        _ => false,
    };

    /// <summary>
    /// The blocks that it may go to by number; the number of all blocks stands for the end of the code. What panics
    /// is left out, and so is what <see cref="IsDynamic"/> is about.
    /// </summary>
    internal static IEnumerable<int> KnownTargets(Module module, GuestBlock block)
    {
        var last = block.Last;
        if (last.Family is InstructionFamily.Branch or InstructionFamily.Jump)
        {
            var taken = module.Blocks.IndexOf(OffsetOf(block, last) + (uint)last.Immediate);
            if (taken >= 0)
            {
                yield return taken;
            }
        }

        if (last.Opcode == Opcode.BrTable && !IsDynamic(module, block))
        {
            foreach (var target in module.Program.JumpTables[last.Immediate].ToArray())
            {
                yield return module.Blocks.IndexOf(target);
            }
        }

        if (FallsThrough(last))
        {
            yield return block.Number + 1;
        }
    }

    /// <summary>Whether the block that follows may be next. After a host call it is, but not at once.</summary>
    private static bool FallsThrough(Instruction last) => last.Family switch
    {
        InstructionFamily.Jump or InstructionFamily.Trap or InstructionFamily.Illegal or InstructionFamily.HostCall => false,
        InstructionFamily.IndirectJump => last.Opcode == Opcode.BrTable,
        _ => true,
    };

    /// <summary>The code offset of a block's last instruction.</summary>
    private static uint OffsetOf(GuestBlock block, Instruction last)
    {
        var offset = block.Start;
        foreach (var instruction in block.Instructions)
        {
            offset += instruction.Length;
        }

        return offset - last.Length;
    }
}

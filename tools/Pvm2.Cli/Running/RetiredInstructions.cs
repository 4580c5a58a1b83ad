using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;

namespace Pvm2.Cli.Running;

/// <summary>
/// Counts the instructions of a run from the gas of the flat model, where a block costs its number of instructions.
/// </summary>
internal static class RetiredInstructions
{
    /// <summary>The number of instructions that completed; null where the gas does not tell.</summary>
    /// <param name="module">What ran.</param>
    /// <param name="model">How it was priced.</param>
    /// <param name="gasUsed">What it was charged.</param>
    /// <param name="exit">How it ended.</param>
    public static ulong? Count(Module module, GasModel model, ulong? gasUsed, Exit exit)
    {
        if (model != GasModel.Flat || gasUsed is not { } charged)
        {
            return null;
        }

        // A fault leaves its block half done, and the block was charged whole.
        return exit.Reason is ExitReason.Panic or ExitReason.PageFault
            ? charged - CountToEndOfBlock(module, exit.ProgramCounter)
            : charged;
    }

    private static ulong CountToEndOfBlock(Module module, uint programCounter)
    {
        var program = module.Program;
        var code = program.Code.Span;
        var offset = programCounter - program.CodeBase;
        var count = 0UL;
        while (offset < (uint)code.Length && (count == 0 || !module.Blocks.IsStart(offset)))
        {
            offset += Decoder.Decode(code, (int)offset, program.Profile).Length;
            count++;
        }

        return count;
    }
}

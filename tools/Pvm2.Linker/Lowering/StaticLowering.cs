using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Flow;
using Pvm2.Linker.Input;
using Pvm2.Linker.Layout;
using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Lowering;

/// <summary>Lowers to the static profile: returns and indirect jumps go through tables.</summary>
internal sealed class StaticLowering(SourceCode source, OutputCode output, DataLayout layout, ErrorReporter report, JumpTablePlan plan)
    : CodeLowering(source, output, layout, report)
{
    /// <inheritdoc/>
    protected override void AddCall(int call, int link, int target)
    {
        AddLink(call, link);
        Output.Add(Encoder.Make(Opcode.Jal), Fixup.Jump, target);
    }

    /// <inheritdoc/>
    protected override void AddIndirect(int instruction, in SourceInstruction item)
    {
        if (item.IsCall)
        {
            AddLink(instruction, item.Decoded.Rd);
        }

        var table = item.Kind == InstructionKind.Return ? plan.ReturnTableOf(instruction) : plan.HandleTable;
        if (table != JumpTablePlan.None)
        {
            Output.Add(Encoder.Make(Opcode.BrTable, rs1: item.Decoded.Rs1, immediate: table));
        }

        // Where the register names no entry, control comes here.
        Output.Add(Encoder.Make(Opcode.Trap));
    }

    /// <inheritdoc/>
    protected override long? CodeAddress(int instruction) => plan.Handles[instruction];

    private void AddLink(int call, int link)
    {
        var number = plan.CallNumbers[call];
        if (number != JumpTablePlan.None)
        {
            Output.AddLoadImmediate(link, (int)JumpTablePlan.HandleOf(number));
        }
    }
}

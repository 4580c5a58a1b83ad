using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Input;
using Pvm2.Linker.Layout;
using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Lowering;

/// <summary>Lowers to the xjar profile: control flow stays what it is, and every target starts a block.</summary>
internal sealed class XjarLowering(SourceCode source, OutputCode output, DataLayout layout, ErrorReporter report)
    : CodeLowering(source, output, layout, report)
{
    /// <inheritdoc/>
    protected override void AddCall(int call, int link, int target) =>
        Output.Add(Encoder.Make(Opcode.Jal, link, link), Fixup.Jump, target);

    /// <inheritdoc/>
    protected override void AddIndirect(int instruction, in SourceInstruction item) => Output.Add(item.Decoded);

    /// <inheritdoc/>
    protected override long? CodeAddress(int instruction) => null;
}

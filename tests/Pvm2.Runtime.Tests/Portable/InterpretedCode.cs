using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Portable;

namespace Pvm2.Runtime.Tests.Portable;

/// <summary>Code of which nothing is ever compiled.</summary>
/// <param name="module">The module.</param>
/// <param name="model">The gas model.</param>
/// <param name="slice">Gas to interpret at a time; 0 for a block at a time.</param>
internal sealed unsafe class InterpretedCode(Module module, GasModel model, ulong slice) : PortableCode(module, model)
{
    /// <inheritdoc/>
    protected override bool RunUncompiled(ExecutionState* state) =>
        slice == 0 ? base.RunUncompiled(state) : InterpretSlice(state, slice, out _);
}

using Pvm2.IlJit.Dynamic;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.IlJit;

/// <summary>
/// The tier that turns basic blocks into IL and lets RyuJIT compile it: for hosts where no native code generator of
/// ours exists. Safe for use by many threads.
/// </summary>
public sealed class IlTier : ITier
{
    /// <inheritdoc/>
    public string Name => "il";

    /// <inheritdoc/>
    public TierCode Prepare(Module module, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(module);
        return EagerCode.Compile(module, model);
    }
}

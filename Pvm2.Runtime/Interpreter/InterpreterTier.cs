using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.Runtime.Interpreter;

/// <summary>The reference tier: executes predecoded instructions one after the other.</summary>
public sealed class InterpreterTier : ITier
{
    private InterpreterTier()
    {
    }

    /// <summary>The tier; it has no state.</summary>
    public static InterpreterTier Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "interpreter";

    /// <inheritdoc/>
    public TierCode Prepare(Module module, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(module);
        return Predecoder.Predecode(module.Program, module.Blocks, module.Memory, module.Price(model));
    }
}

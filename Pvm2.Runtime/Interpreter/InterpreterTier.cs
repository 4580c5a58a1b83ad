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
        var registry = model == GasModel.None ? HandlerRegistry.Unmetered : HandlerRegistry.Metered;
        var program = Predecoder.Predecode(module, module.Price(model), registry);
        return new InterpreterCode(module.Blocks, program, registry);
    }
}

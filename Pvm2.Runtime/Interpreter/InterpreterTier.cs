using System.Diagnostics;
using Pvm2.Runtime.Diagnostics;
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
        var started = Stopwatch.GetTimestamp();
        var registry = model == GasModel.None ? HandlerRegistry.Unmetered : HandlerRegistry.Metered;
        var program = Predecoder.Predecode(module, module.Price(model), registry);
        EngineEvents.Log.Compiled(Name, module, model, module.Blocks.Count, program.Size, started);
        return new InterpreterCode(module, program, registry);
    }
}

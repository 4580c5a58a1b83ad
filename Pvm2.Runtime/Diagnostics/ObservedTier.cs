using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.Runtime.Diagnostics;

/// <summary>
/// Executes one basic block after the other and tells an observer of each before it runs. It is the interpreter that
/// executes them, so registers, memory, gas and exit are those of any tier. What runs at the end of the code, a panic,
/// is no block, and a block that the gas does not suffice for is not entered.
/// </summary>
/// <remarks>
/// The observer hears of all instances that run on the tier: one tier an instance keeps them apart, and spares the
/// observer calls by several threads at once.
/// </remarks>
/// <param name="observer">Whom to tell.</param>
public sealed class ObservedTier(IBlockObserver observer) : ITier
{
    private readonly IBlockObserver _observer = observer ?? throw new ArgumentNullException(nameof(observer));

    /// <summary>That of the interpreter, which does the work.</summary>
    public string Name => Interpreter.InterpreterTier.Instance.Name;

    /// <inheritdoc/>
    public TierCode Prepare(Module module, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(module);
        return new ObservedCode(module, model, _observer);
    }
}

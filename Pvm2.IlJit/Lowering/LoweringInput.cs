using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.IlJit.Lowering;

/// <summary>What the methods of a module's regions are made of; immutable and safe for use by many threads.</summary>
internal sealed class LoweringInput
{
    /// <summary>Collects it.</summary>
    /// <param name="module">The module.</param>
    /// <param name="model">The gas model to charge by.</param>
    /// <param name="plan">How its blocks are grouped.</param>
    internal LoweringInput(Module module, GasModel model, RegionPlan plan)
    {
        Module = module;
        Plan = plan;
        Costs = model == GasModel.None ? null : module.Price(model);
        Memory = new MainMemory(module.Memory);
    }

    /// <summary>The module.</summary>
    internal Module Module { get; }

    /// <summary>How its blocks are grouped.</summary>
    internal RegionPlan Plan { get; }

    /// <summary>What blocks cost; null where nothing is metered.</summary>
    internal BlockCosts? Costs { get; }

    /// <summary>What addresses are compared with.</summary>
    internal MainMemory Memory { get; }
}

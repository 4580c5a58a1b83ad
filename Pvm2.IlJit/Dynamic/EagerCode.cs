using Pvm2.IlJit.Lowering;
using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Portable;

namespace Pvm2.IlJit.Dynamic;

/// <summary>A module whose regions are all compiled before it runs.</summary>
internal sealed unsafe class EagerCode : PortableCode
{
    private readonly DynamicRegion[] _regions;

    private EagerCode(Module module, GasModel model, RegionPlan plan)
        : base(module, model)
    {
        var input = new LoweringInput(module, model, plan);
        var compilable = Array.FindAll(plan.Regions, region => region.IsCompilable);
        _regions = Array.ConvertAll(compilable, region => DynamicRegion.Compile(input, region));
        for (var n = 0; n < _regions.Length; n++)
        {
            Install(compilable[n].Number, _regions[n].Address, compilable[n].Entries);
        }
    }

    /// <summary>Compiles a module.</summary>
    internal static EagerCode Compile(Module module, GasModel model) =>
        new(module, model, RegionPlanner.Plan(module, RegionLimits.Default));

    /// <inheritdoc/>
    public override void Run(ExecutionState* state)
    {
        base.Run(state);
        GC.KeepAlive(_regions);
    }
}

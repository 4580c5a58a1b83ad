using System.Diagnostics;
using Pvm2.IlJit.Lowering;
using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Portable;

namespace Pvm2.IlJit.Dynamic;

/// <summary>A module whose regions are all compiled before it runs.</summary>
internal sealed unsafe class EagerCode : PortableCode
{
    private readonly Region[] _planned;
    private readonly DynamicRegion[] _regions;

    private EagerCode(Module module, GasModel model, RegionPlan plan)
        : base(module, model)
    {
        var input = new LoweringInput(module, model, plan);
        _planned = Array.FindAll(plan.Regions, region => region.IsCompilable);
        _regions = Array.ConvertAll(_planned, region => Compile(input, model, region));
        for (var n = 0; n < _regions.Length; n++)
        {
            Install(_planned[n].Number, _regions[n].Address, _planned[n].Entries);
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

    /// <inheritdoc/>
    public override CodeStatistics GetStatistics()
    {
        var statistics = new CodeStatistics(CodeForm.IntermediateLanguage, 0, 0, 0);
        for (var n = 0; n < _regions.Length; n++)
        {
            statistics = statistics.With(Module, _planned[n].Blocks, _regions[n].Size);
        }

        return statistics;
    }

    private static DynamicRegion Compile(LoweringInput input, GasModel model, Region region)
    {
        var started = Stopwatch.GetTimestamp();
        var compiled = DynamicRegion.Compile(input, region);
        EngineEvents.Log.Compiled(IlTier.TierName, input.Module, model, region.Blocks.Length, compiled.Size, started);
        return compiled;
    }
}

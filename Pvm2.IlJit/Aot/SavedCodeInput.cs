using Pvm2.IlJit.Lowering;
using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Saved;

namespace Pvm2.IlJit.Aot;

/// <summary>What is compiled of a module for one gas model.</summary>
internal sealed class SavedCodeInput
{
    private readonly LoweringInput _input;

    /// <summary>Plans the regions.</summary>
    public SavedCodeInput(Module module, GasModel model)
    {
        Model = model;
        _input = new LoweringInput(module, model, RegionPlanner.Plan(module, RegionLimits.Default));
    }

    /// <summary>The gas model.</summary>
    public GasModel Model { get; }

    /// <summary>The regions, by number; not all have a method.</summary>
    public ReadOnlySpan<Region> Regions => _input.Plan.Regions;

    /// <summary>Writes the method of a region.</summary>
    public void Lower(Region region, CecilSink sink)
    {
        RegionLowering.Lower(_input, region, sink);
        sink.Complete();
    }

    /// <summary>What the assembly says of the regions: one without a method has no entries.</summary>
    public SavedRegions Describe() =>
        new(Model, Array.ConvertAll(_input.Plan.Regions, region => region.IsCompilable ? region.Entries : []));
}

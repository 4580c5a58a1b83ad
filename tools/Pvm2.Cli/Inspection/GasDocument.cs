using Pvm2.Cli.Output;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.Cli.Inspection;

/// <summary>What a program's blocks cost.</summary>
/// <param name="Model">The gas model.</param>
/// <param name="MemoryPages">Distinct pages that the program declares.</param>
/// <param name="MemoryLatency">Cycles of a memory access, which follow from the pages.</param>
/// <param name="CheapestBlock">The least gas of a block; null where there are no blocks.</param>
/// <param name="DearestBlock">The most gas of a block.</param>
/// <param name="DearestBlockPc">Where the first such block starts.</param>
/// <param name="MeanBlock">The mean over all blocks, each counted once.</param>
internal sealed record GasDocument(
    string Model,
    uint MemoryPages,
    uint MemoryLatency,
    ulong? CheapestBlock,
    ulong? DearestBlock,
    string? DearestBlockPc,
    double? MeanBlock)
{
    /// <summary>Prices a program.</summary>
    public static GasDocument Of(Module module, GasModel model)
    {
        var program = module.Program;
        var pages = MemoryFootprint.CountPages(program);
        var costs = module.Price(model).Costs;
        if (costs.IsEmpty || model == GasModel.None)
        {
            return new GasDocument(model.Word(), pages, MemoryFootprint.Latency(pages), null, null, null, null);
        }

        var (cheapest, dearest, sum) = (costs[0], 0, 0.0);
        for (var block = 0; block < costs.Length; block++)
        {
            cheapest = Math.Min(cheapest, costs[block]);
            dearest = costs[block] > costs[dearest] ? block : dearest;
            sum += costs[block];
        }

        return new GasDocument(
            model.Word(),
            pages,
            MemoryFootprint.Latency(pages),
            cheapest,
            costs[dearest],
            Hex.Address(program.CodeBase + module.Blocks.Starts[dearest]),
            Math.Round(sum / costs.Length, 2));
    }
}

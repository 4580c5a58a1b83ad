using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Gas;

/// <summary>The price of every basic block of a program in one gas model: the only place where blocks get a price.</summary>
public sealed class BlockCosts
{
    private readonly ulong[] _costs;

    private BlockCosts(GasModel model, ulong[] costs)
    {
        Model = model;
        _costs = costs;
    }

    /// <summary>The model that the prices are of.</summary>
    public GasModel Model { get; }

    /// <summary>Gas by block number; all zero where the model is <see cref="GasModel.None"/>.</summary>
    public ReadOnlySpan<ulong> Costs => _costs;

    /// <summary>The gas that entering a block costs.</summary>
    /// <param name="block">Block number, as in <see cref="BasicBlockMap"/>.</param>
    public ulong this[int block] => _costs[block];

    /// <summary>Prices all blocks of a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="blocks">The basic blocks of its code.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="model"/> is no gas model.</exception>
    public static BlockCosts Compute(GuestProgram program, BasicBlockMap blocks, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(blocks);
        return model switch
        {
            GasModel.Pipeline => new BlockCosts(model, PricePipeline(program, blocks)),
            GasModel.Flat => new BlockCosts(model, PriceFlat(program, blocks)),
            GasModel.None => new BlockCosts(model, new ulong[blocks.Count]),
            _ => throw new ArgumentOutOfRangeException(nameof(model), model, "No such gas model."),
        };
    }

    private static ulong[] PricePipeline(GuestProgram program, BasicBlockMap blocks)
    {
        var costs = new ulong[blocks.Count];
        var estimate = new PipelineEstimate(MemoryFootprint.Latency(MemoryFootprint.CountPages(program)));
        var code = program.Code.Span;
        var offset = 0;
        for (var block = 0; block < costs.Length; block++)
        {
            estimate.Clear();
            for (var end = EndOf(blocks, block, code.Length); offset < end;)
            {
                var instruction = Decoder.Decode(code, offset, program.Profile);
                estimate.Add(instruction);
                offset += instruction.Length;
            }

            costs[block] = estimate.Cost;
        }

        return costs;
    }

    private static ulong[] PriceFlat(GuestProgram program, BasicBlockMap blocks)
    {
        var costs = new ulong[blocks.Count];
        var code = program.Code.Span;
        var offset = 0;
        for (var block = 0; block < costs.Length; block++)
        {
            for (var end = EndOf(blocks, block, code.Length); offset < end; costs[block]++)
            {
                offset += Decoder.Decode(code, offset, program.Profile).Length;
            }
        }

        return costs;
    }

    private static int EndOf(BasicBlockMap blocks, int block, int codeLength) =>
        block + 1 < blocks.Count ? (int)blocks.Starts[block + 1] : codeLength;
}

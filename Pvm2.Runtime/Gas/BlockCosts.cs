using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Gas;

/// <summary>The price of every basic block of a program in one gas model, as <see cref="BlockPricer"/> works it out.</summary>
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
        var costs = new ulong[blocks.Count];
        var pricer = new BlockPricer(program, model);
        if (model != GasModel.None)
        {
            Price(program, blocks, pricer, costs);
        }

        return new BlockCosts(model, costs);
    }

    private static void Price(GuestProgram program, BasicBlockMap blocks, BlockPricer pricer, Span<ulong> costs)
    {
        var code = new InstructionReader(program.Code.Span, program.Profile);
        for (var block = 0; block < costs.Length; block++)
        {
            var end = block + 1 < costs.Length ? (int)blocks.Starts[block + 1] : program.Code.Length;
            pricer.Start();
            while (code.Offset < end)
            {
                pricer.Add(code.Read());
            }

            costs[block] = pricer.Cost;
        }
    }
}

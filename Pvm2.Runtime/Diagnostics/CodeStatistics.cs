using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.Runtime.Diagnostics;

/// <summary>What a tier has made of a module under one gas model until now.</summary>
/// <param name="Form">What the code is.</param>
/// <param name="Blocks">Basic blocks that are compiled; the rest, if any, is interpreted.</param>
/// <param name="Instructions">Instructions of these blocks.</param>
/// <param name="Bytes">
/// Bytes of code: machine code, IL, or the interpreter's slots, as <paramref name="Form"/> says; 0 where it is unknown.
/// </param>
public readonly record struct CodeStatistics(CodeForm Form, int Blocks, long Instructions, long Bytes)
{
    /// <summary>How long it took to make the module ready; what is compiled in the background later is not in it.</summary>
    public TimeSpan PreparationTime { get; init; }

    /// <summary>Describes a module of which every block is compiled.</summary>
    /// <param name="module">The module.</param>
    /// <param name="form">What the code is.</param>
    /// <param name="bytes">Bytes of code; 0 where it is unknown.</param>
    public static CodeStatistics OfAll(Module module, CodeForm form, long bytes)
    {
        ArgumentNullException.ThrowIfNull(module);

        // In the flat model a block costs its number of instructions.
        var instructions = 0L;
        foreach (var cost in module.Price(GasModel.Flat).Costs)
        {
            instructions += (long)cost;
        }

        return new CodeStatistics(form, module.Blocks.Count, instructions, bytes);
    }

    /// <summary>These statistics, and more blocks that are compiled.</summary>
    /// <param name="module">The module.</param>
    /// <param name="blocks">Block numbers.</param>
    /// <param name="bytes">Bytes of their code; 0 where it is unknown.</param>
    public CodeStatistics With(Module module, ReadOnlySpan<int> blocks, long bytes)
    {
        ArgumentNullException.ThrowIfNull(module);
        var costs = module.Price(GasModel.Flat);
        var instructions = Instructions;
        foreach (var block in blocks)
        {
            instructions += (long)costs[block];
        }

        return this with { Blocks = Blocks + blocks.Length, Instructions = instructions, Bytes = Bytes + bytes };
    }
}

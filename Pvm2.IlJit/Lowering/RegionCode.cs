using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Lowering;

/// <summary>The decoded blocks of a region.</summary>
internal sealed class RegionCode
{
    private readonly Dictionary<int, GuestBlock> _blocks;

    private RegionCode(Dictionary<int, GuestBlock> blocks)
    {
        _blocks = blocks;
        foreach (var block in blocks.Values)
        {
            Written |= block.Written;
            Used |= block.Written | block.Read;
            AccessesMemory |= block.AccessesMemory;
        }
    }

    /// <summary>Registers that some block writes.</summary>
    internal RegisterSet Written { get; }

    /// <summary>Registers that some block reads or writes.</summary>
    internal RegisterSet Used { get; }

    /// <summary>Whether some block loads or stores.</summary>
    internal bool AccessesMemory { get; }

    /// <summary>A block of the region, by its number.</summary>
    internal GuestBlock this[int block] => _blocks[block];

    /// <summary>Decodes a region.</summary>
    internal static RegionCode Decode(LoweringInput input, Region region)
    {
        var program = input.Module.Program;
        var starts = input.Module.Blocks.Starts;
        var code = program.Code.Span;
        var blocks = new Dictionary<int, GuestBlock>(region.Blocks.Length);
        foreach (var block in region.Blocks)
        {
            var end = block + 1 < starts.Length ? (int)starts[block + 1] : code.Length;
            var instructions = new List<Instruction>();
            for (var offset = (int)starts[block]; offset < end;)
            {
                var instruction = Decoder.Decode(code, offset, program.Profile);
                instructions.Add(instruction);
                offset += instruction.Length;
            }

            blocks.Add(block, new GuestBlock(block, starts[block], [.. instructions]));
        }

        return new RegionCode(blocks);
    }

    /// <summary>Whether the region has a block.</summary>
    internal bool Contains(int block) => _blocks.ContainsKey(block);
}

using System.Buffers.Binary;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Programs;

namespace Pvm2.IlJit.Regions;

/// <summary>
/// Finds the blocks of an xjar program that its data and its symbols name, since indirect jumps are likely to go there.
/// Constants in the code are found by <see cref="ControlFlowScan"/>.
/// </summary>
internal static class CodeAddresses
{
    private const int WindowSize = 4096;

    /// <summary>Adds what is found to the addresses of the graph.</summary>
    internal static void Find(Module module, ControlFlowGraph graph)
    {
        foreach (var symbol in module.Program.Symbols)
        {
            Add(module.Blocks, graph, symbol.Offset);
        }

        foreach (var region in module.Program.Regions)
        {
            FindInData(module, graph, region);
        }
    }

    /// <summary>
    /// Looks at the words of four bytes where they are aligned; an address of eight bytes is one of these and zero.
    /// </summary>
    private static void FindInData(Module module, ControlFlowGraph graph, MemoryRegion region)
    {
        Span<byte> window = stackalloc byte[WindowSize];
        var next = 0UL;
        foreach (var chunk in region.Chunks)
        {
            // A chunk neither begins nor ends with zeros, which the first or last word may have had.
            for (next = Math.Max(next, chunk.Offset & ~3u); next < chunk.End; next += (uint)window.Length)
            {
                region.CopyTo((uint)next, window);
                for (var i = 0; i < window.Length; i += sizeof(uint))
                {
                    Add(module.Blocks, graph, BinaryPrimitives.ReadUInt32LittleEndian(window[i..]) - module.Program.CodeBase);
                }
            }
        }
    }

    private static void Add(BasicBlockMap blocks, ControlFlowGraph graph, uint offset)
    {
        if (blocks.IndexOf(offset) is >= 0 and var block)
        {
            graph.Addresses.Add(block);
        }
    }
}

using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Portable;

/// <summary>
/// The slots of a module's blocks, and what generated methods find them by. The arrays are allocated pinned and
/// belong to this object, so pointers into them are valid as long as it is reachable. A block takes 16 bytes, a jump
/// table entry 4, and in xjar a halfword of code 4 more.
/// </summary>
internal sealed unsafe class SlotTable
{
    private readonly BlockSlot[] _slots;
    private readonly int[] _blockAtHalfword;
    private readonly int[] _tableBlocks;
    private readonly PortableContext[] _context = GC.AllocateArray<PortableContext>(1, pinned: true);
    private readonly Lock _installing = new();

    /// <summary>Makes the slots of a module, none of them compiled.</summary>
    internal SlotTable(Module module)
    {
        _slots = MakeSlots(module);
        _blockAtHalfword = MapBlocks(module);
        _tableBlocks = ListTableBlocks(module);
        ref var context = ref _context[0];
        context.Slots = (BlockSlot*)Unsafe.AsPointer(ref _slots[0]);
        context.BlockAtHalfword = FirstOf(_blockAtHalfword);
        context.TableBlocks = FirstOf(_tableBlocks);
    }

    /// <summary>What generated methods look at.</summary>
    internal PortableContext* Context => (PortableContext*)Unsafe.AsPointer(ref _context[0]);

    /// <summary>The first slot.</summary>
    internal BlockSlot* Slots => (BlockSlot*)Unsafe.AsPointer(ref _slots[0]);

    /// <summary>Whether a block can be entered in compiled code.</summary>
    internal bool IsInstalled(int block) => Volatile.Read(ref _slots[block].Region) >= 0;

    /// <summary>Publishes a method; <see cref="BlockSlot"/> says why others may read at the same time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such block, or no such region.</exception>
    /// <exception cref="InvalidOperationException">A block is compiled already.</exception>
    internal void Install(int region, nint method, ReadOnlySpan<int> entryBlocks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(region);
        lock (_installing)
        {
            foreach (var block in entryBlocks)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(block, nameof(entryBlocks));
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(block, _slots.Length - 1, nameof(entryBlocks));
                if (_slots[block].Region >= 0)
                {
                    throw new InvalidOperationException($"Block {block} is compiled already.");
                }
            }

            for (var entry = 0; entry < entryBlocks.Length; entry++)
            {
                ref var slot = ref _slots[entryBlocks[entry]];
                Volatile.Write(ref slot.Method, method);
                Volatile.Write(ref slot.Entry, entry);
                Volatile.Write(ref slot.Region, region);
            }
        }
    }

    private static BlockSlot[] MakeSlots(Module module)
    {
        var program = module.Program;
        var starts = module.Blocks.Starts;
        var slots = GC.AllocateUninitializedArray<BlockSlot>(starts.Length + 1, pinned: true);
        for (var block = 0; block < starts.Length; block++)
        {
            slots[block] = BlockSlot.Uncompiled(program.CodeBase + starts[block]);
        }

        slots[^1] = BlockSlot.Uncompiled(program.CodeBase + (uint)program.Code.Length);
        return slots;
    }

    /// <summary>In xjar, where any block may be the target of a jalr, finds blocks by address.</summary>
    private static int[] MapBlocks(Module module)
    {
        if (module.Program.Profile == Profile.Static)
        {
            return [];
        }

        var map = GC.AllocateUninitializedArray<int>(module.Program.Code.Length / 2, pinned: true);
        Array.Fill(map, -1);
        var starts = module.Blocks.Starts;
        for (var block = 0; block < starts.Length; block++)
        {
            map[starts[block] >> 1] = block;
        }

        return map;
    }

    private static int[] ListTableBlocks(Module module)
    {
        var entries = module.Program.JumpTables.Entries.Span;
        var blocks = GC.AllocateUninitializedArray<int>(entries.Length, pinned: true);
        for (var n = 0; n < blocks.Length; n++)
        {
            blocks[n] = module.Blocks.IndexOf(entries[n]);
        }

        return blocks;
    }

    private static int* FirstOf(int[] array) => array.Length == 0 ? null : (int*)Unsafe.AsPointer(ref array[0]);
}

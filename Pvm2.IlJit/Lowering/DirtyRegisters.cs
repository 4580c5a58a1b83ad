using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Execution;

namespace Pvm2.IlJit.Lowering;

/// <summary>
/// Which registers may differ from what the state holds where a block starts: those that the region has written on
/// some way from where it was entered. Only these are stored where the region is left.
/// </summary>
internal sealed class DirtyRegisters
{
    private readonly Dictionary<int, RegisterSet> _atStart;

    private DirtyRegisters(Dictionary<int, RegisterSet> atStart) => _atStart = atStart;

    /// <summary>The registers that may be dirty at the start of a block of the region.</summary>
    internal RegisterSet AtStart(int block) => _atStart[block];

    /// <summary>Follows the ways through a region.</summary>
    internal static DirtyRegisters Find(Module module, Region region, RegionCode code)
    {
        var atStart = region.Blocks.ToDictionary(block => block, _ => default(RegisterSet));
        var waiting = new Queue<int>(region.Blocks);
        var dynamic = default(RegisterSet);
        while (waiting.TryDequeue(out var number))
        {
            var block = code[number];
            var atEnd = atStart[number] | block.Written;
            foreach (var target in BlockFlow.KnownTargets(module, block))
            {
                Add(target, atEnd);
            }

            if (BlockFlow.IsDynamic(module, block) && (dynamic | atEnd) != dynamic)
            {
                dynamic |= atEnd;
                foreach (var entry in region.Entries)
                {
                    Add(entry, dynamic);
                }
            }
        }

        return new DirtyRegisters(atStart);

        void Add(int target, RegisterSet dirty)
        {
            if (atStart.TryGetValue(target, out var known) && (known | dirty) != known)
            {
                atStart[target] = known | dirty;
                waiting.Enqueue(target);
            }
        }
    }
}

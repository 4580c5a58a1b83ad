using Pvm2.Linker.Lowering;
using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Layout;

/// <summary>
/// Jumps that stand where nothing falls into them and that other jumps go to when their target is too far: a jump
/// reaches 1 MiB, and the static profile has nothing that reaches farther.
/// </summary>
internal sealed class JumpIslands
{
    /// <summary>
    /// Bytes from a jump to the island it uses: less than a jump reaches, since what lies between may still grow.
    /// </summary>
    private const long Hop = 900 << 10;

    private readonly OutputCode _output;
    private readonly List<int> _spots = [];
    private readonly List<int> _spotOfIsland = [];
    private readonly Dictionary<int, List<int>> _islandsByTarget = [];

    public JumpIslands(OutputCode output)
    {
        _output = output;
        FirstIsland = output.Count;
        for (var i = 0; i < output.Count - 1; i++)
        {
            if (NeverGoesOn(output.Instructions[i]))
            {
                _spots.Add(i + 1);
            }
        }
    }

    /// <summary>The index of the first island among the instructions: the number of those that are none, the mark at the end included.</summary>
    public int FirstIsland { get; }

    /// <summary>The instruction that an island stands before.</summary>
    public int SpotOf(int island) => _spotOfIsland[island - FirstIsland];

    /// <summary>Finds or makes an island that brings a jump nearer to its target.</summary>
    /// <param name="target">The instruction of the ELF that is to be reached.</param>
    /// <param name="from">Offset of the jump.</param>
    /// <param name="to">Offset of the target.</param>
    /// <param name="offsetOf">The present offset of an instruction that is no island.</param>
    /// <returns>The index of the island, or −1 where there is no room for one.</returns>
    public int FindOrAdd(int target, long from, long to, Func<int, uint> offsetOf)
    {
        if (!_islandsByTarget.TryGetValue(target, out var islands))
        {
            _islandsByTarget.Add(target, islands = []);
        }

        foreach (var known in islands)
        {
            if (Helps(offsetOf(SpotOf(known)), from, to))
            {
                return known;
            }
        }

        var spot = FindSpot(from, to, offsetOf);
        if (spot < 0)
        {
            return -1;
        }

        var island = FirstIsland + _spotOfIsland.Count;
        _spotOfIsland.Add(spot);
        islands.Add(island);
        _output.Add(Encoder.Make(Opcode.Jal), Fixup.Jump, target);
        return island;
    }

    /// <summary>All instructions in their order, each island at its spot.</summary>
    public int[] Order()
    {
        var order = new int[_output.Count];
        var islands = Enumerable.Range(FirstIsland, _spotOfIsland.Count).OrderBy(SpotOf).ToArray();
        var next = 0;
        var position = 0;
        for (var i = 0; i < FirstIsland; i++)
        {
            for (; next < islands.Length && SpotOf(islands[next]) == i; next++)
            {
                order[position++] = islands[next];
            }

            order[position++] = i;
        }

        return order;
    }

    /// <summary>The spot farthest towards the target that the jump reaches.</summary>
    private int FindSpot(long from, long to, Func<int, uint> offsetOf)
    {
        // The first spot beyond a limit; the one wanted is just before it, or, backwards, that one.
        var limit = to > from ? from + Hop : from - Hop - 1;
        var low = 0;
        var high = _spots.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = offsetOf(_spots[middle]) <= limit ? (middle + 1, high) : (low, middle);
        }

        var index = to > from ? low - 1 : low;
        return index >= 0 && index < _spots.Count && Helps(offsetOf(_spots[index]), from, to) ? _spots[index] : -1;
    }

    private static bool Helps(long place, long from, long to) =>
        Math.Abs(place - from) <= Hop && Math.Abs(to - place) < Math.Abs(to - from);

    private static bool NeverGoesOn(in OutputInstruction item) =>
        item.Instruction.Opcode is Opcode.Trap or Opcode.Jal or Opcode.Jalr && item.Instruction.Rd == 0;
}

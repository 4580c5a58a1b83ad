using System.Runtime.InteropServices;
using Pvm2.Linker.Lowering;
using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Layout;

/// <summary>
/// Pass: gives every instruction its offset. All start at their smallest; what does not reach its target grows, and
/// what then still does not gets an island to jump by, which moves others, until all fit. Nothing ever shrinks, and
/// after a number of rounds everything grows at once, so this ends.
/// </summary>
internal sealed class CodeLayout
{
    /// <summary>Rounds of growth after which everything grows that can. Compilers' code needs fewer than ten.</summary>
    private const int MostGrowthRounds = 32;

    /// <summary>Times that islands are added; the first round suffices unless they push one another apart.</summary>
    private const int MostIslandRounds = 16;

    private readonly OutputCode _output;
    private readonly Profile _profile;
    private readonly List<int> _transfers = [];
    private readonly JumpIslands _islands;
    private readonly List<int> _targets;
    private readonly List<uint> _offsets;
    private int[] _order = [];

    private CodeLayout(OutputCode output, Profile profile)
    {
        _output = output;
        _profile = profile;
        _targets = new List<int>(output.Count);
        _offsets = [.. new uint[output.Count]];
        _islands = new JumpIslands(output);
    }

    /// <summary>Bytes of the code.</summary>
    public uint CodeSize { get; private set; }

    /// <summary>The instructions in the order of their offsets.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>Branches and jumps that cannot reach their targets in any way.</summary>
    public int OutOfReach { get; private set; }

    /// <summary>Lays the code out.</summary>
    public static CodeLayout Create(OutputCode output, Profile profile)
    {
        var layout = new CodeLayout(output, profile);
        layout.FindTransfers();
        layout.Settle();
        for (var round = 0; round < MostIslandRounds && layout.OutOfReach != 0 && layout.AddIslands(); round++)
        {
            layout.Settle();
        }

        return layout;
    }

    /// <summary>The offset of an instruction.</summary>
    public uint OffsetOf(int instruction) => _offsets[instruction];

    /// <summary>The offset of what an instruction refers to.</summary>
    public uint TargetOffsetOf(int instruction) => OffsetOf(_targets[instruction]);

    /// <summary>The distance from an instruction to its target.</summary>
    public int DistanceOf(int instruction) => (int)(OffsetOf(_targets[instruction]) - OffsetOf(instruction));

    private void FindTransfers()
    {
        var instructions = _output.Instructions;
        for (var i = 0; i < instructions.Length; i++)
        {
            _targets.Add(instructions[i].Fixup == Fixup.None ? 0 : _output.FirstOutput[instructions[i].Target]);
            if (instructions[i].Fixup is Fixup.Branch or Fixup.Jump)
            {
                _transfers.Add(i);
            }
        }

        _order = [.. Enumerable.Range(0, _output.Count)];
    }

    private void Settle()
    {
        ComputeOffsets();
        for (var round = 0; Grow(hurry: round >= MostGrowthRounds); round++)
        {
            ComputeOffsets();
        }

        OutOfReach = _transfers.Count(i => !TransferForm.Reaches(_output.Instructions[i], DistanceOf(i)));
    }

    private void ComputeOffsets()
    {
        var instructions = _output.Instructions;
        var offsets = CollectionsMarshal.AsSpan(_offsets);
        var offset = 0u;
        foreach (var i in _order)
        {
            offsets[i] = offset;
            offset += instructions[i].Size;
        }

        CodeSize = offset;
    }

    private bool Grow(bool hurry)
    {
        var grew = false;
        var instructions = _output.Instructions;
        foreach (var i in _transfers)
        {
            ref var item = ref instructions[i];
            var size = hurry ? TransferForm.LargestSize(item, _profile) : TransferForm.SizeFor(item, DistanceOf(i), _profile);
            if (size > item.Size)
            {
                item.Size = size;
                grew = true;
            }
        }

        return grew;
    }

    private bool AddIslands()
    {
        var added = false;

        // An island that is added here may need one itself: the list grows as it is walked.
        for (var t = 0; t < _transfers.Count; t++)
        {
            var i = _transfers[t];
            if (TransferForm.Reaches(_output.Instructions[i], DistanceOf(i)))
            {
                continue;
            }

            // From the instruction's own target, not from an island that has moved out of reach.
            var source = _output.Instructions[i].Target;
            var target = _output.FirstOutput[source];
            var island = _islands.FindOrAdd(source, OffsetOf(i), OffsetOf(target), OffsetOf);
            if (island < 0)
            {
                continue;
            }

            _targets[i] = island;
            added = true;
            if (island == _targets.Count)
            {
                _targets.Add(target);
                _transfers.Add(island);
                _offsets.Add(OffsetOf(_islands.SpotOf(island)));
            }
        }

        _order = _islands.Order();
        return added;
    }
}

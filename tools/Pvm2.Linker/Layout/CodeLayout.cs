using Pvm2.Linker.Lowering;
using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Layout;

/// <summary>
/// Pass: gives every instruction its offset. All start at their smallest; what does not reach its target grows, which
/// moves others, until all fit. Nothing ever shrinks, so this ends.
/// </summary>
internal sealed class CodeLayout
{
    private readonly OutputCode _output;
    private readonly Profile _profile;
    private readonly uint[] _offsets;
    private readonly int[] _targets;
    private readonly List<int> _transfers = [];

    private CodeLayout(OutputCode output, Profile profile)
    {
        _output = output;
        _profile = profile;
        _offsets = new uint[_output.Count + 1];
        _targets = new int[_output.Count];
    }

    /// <summary>The offset of each instruction, and behind them all the size of the code.</summary>
    public ReadOnlySpan<uint> Offsets => _offsets;

    /// <summary>For each branch and jump the index of the instruction it goes to.</summary>
    public ReadOnlySpan<int> Targets => _targets;

    /// <summary>Branches and jumps that cannot reach their targets in any form that the profile has.</summary>
    public List<int> OutOfReach { get; } = [];

    /// <summary>Lays the code out.</summary>
    public static CodeLayout Create(OutputCode output, Profile profile)
    {
        var layout = new CodeLayout(output, profile);
        layout.FindTransfers();
        do
        {
            layout.ComputeOffsets();
        }
        while (layout.Grow());
        layout.CheckReach();
        return layout;
    }

    /// <summary>The distance from an instruction to its target.</summary>
    public int DistanceOf(int instruction) => (int)(_offsets[_targets[instruction]] - _offsets[instruction]);

    private void FindTransfers()
    {
        var instructions = _output.Instructions;
        for (var i = 0; i < instructions.Length; i++)
        {
            if (instructions[i].Fixup is not Fixup.None)
            {
                _targets[i] = _output.FirstOutput[instructions[i].Target];
            }

            if (instructions[i].Fixup is Fixup.Branch or Fixup.Jump)
            {
                _transfers.Add(i);
            }
        }
    }

    private void ComputeOffsets()
    {
        var instructions = _output.Instructions;
        var offset = 0u;
        for (var i = 0; i < instructions.Length; i++)
        {
            _offsets[i] = offset;
            offset += instructions[i].Size;
        }

        _offsets[^1] = offset;
    }

    private bool Grow()
    {
        var grew = false;
        var instructions = _output.Instructions;
        foreach (var i in _transfers)
        {
            ref var item = ref instructions[i];
            var size = TransferForm.SizeFor(item, DistanceOf(i), _profile);
            if (size > item.Size)
            {
                item.Size = size;
                grew = true;
            }
        }

        return grew;
    }

    private void CheckReach()
    {
        foreach (var i in _transfers)
        {
            if (!TransferForm.Reaches(_output.Instructions[i], DistanceOf(i)))
            {
                OutOfReach.Add(i);
            }
        }
    }
}

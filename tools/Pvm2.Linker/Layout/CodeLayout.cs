using Pvm2.Linker.Lowering;
using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Layout;

/// <summary>
/// Pass: gives every instruction its offset. All start at their smallest; what does not reach its target grows, which
/// moves others, until all fit. Nothing ever shrinks, so this ends.
/// </summary>
internal sealed class CodeLayout
{
    private readonly OutputCode output;
    private readonly Profile profile;
    private readonly uint[] offsets;
    private readonly int[] targets;
    private readonly List<int> transfers = [];

    private CodeLayout(OutputCode output, Profile profile)
    {
        this.output = output;
        this.profile = profile;
        offsets = new uint[output.Count + 1];
        targets = new int[output.Count];
    }

    /// <summary>The offset of each instruction, and behind them all the size of the code.</summary>
    public ReadOnlySpan<uint> Offsets => offsets;

    /// <summary>For each branch and jump the index of the instruction it goes to.</summary>
    public ReadOnlySpan<int> Targets => targets;

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
    public int DistanceOf(int instruction) => (int)(offsets[targets[instruction]] - offsets[instruction]);

    private void FindTransfers()
    {
        var instructions = output.Instructions;
        for (var i = 0; i < instructions.Length; i++)
        {
            if (instructions[i].Fixup is not Fixup.None)
            {
                targets[i] = output.FirstOutput[instructions[i].Target];
            }

            if (instructions[i].Fixup is Fixup.Branch or Fixup.Jump)
            {
                transfers.Add(i);
            }
        }
    }

    private void ComputeOffsets()
    {
        var instructions = output.Instructions;
        var offset = 0u;
        for (var i = 0; i < instructions.Length; i++)
        {
            offsets[i] = offset;
            offset += instructions[i].Size;
        }

        offsets[^1] = offset;
    }

    private bool Grow()
    {
        var grew = false;
        var instructions = output.Instructions;
        foreach (var i in transfers)
        {
            ref var item = ref instructions[i];
            var size = TransferForm.SizeFor(item, DistanceOf(i), profile);
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
        foreach (var i in transfers)
        {
            if (!TransferForm.Reaches(output.Instructions[i], DistanceOf(i)))
            {
                OutOfReach.Add(i);
            }
        }
    }
}

using Pvm2.Linker.Input;

namespace Pvm2.Linker.Flow;

/// <summary>
/// Pass (static): partitions the code into groups that can reach each other's returns, so that a group has one
/// return table, and tells returns from other jumps through registers.
/// </summary>
/// <remarks>
/// The graph is that of instructions, not of functions: what follows, is branched to or jumped to belongs together,
/// and so does what follows a call that can come back. A tail call thereby joins caller and callee, whatever symbols
/// say where functions begin. All code whose address is taken is one group, and indirect jumps join it.
/// </remarks>
internal sealed class ReturnGroups
{
    private const int ReturnAddress = 1;
    private readonly SourceCode _code;
    private readonly DisjointSets _sets;
    private readonly int _addressTaken;

    private ReturnGroups(SourceCode code)
    {
        _code = code;
        _sets = new DisjointSets(_code.Count + 1);
        _addressTaken = _code.Count;
    }

    /// <summary>The group of all code whose address is taken.</summary>
    public int AddressTaken => _sets.Find(_addressTaken);

    /// <summary>
    /// Whether a return of <see cref="AddressTaken"/> may find, in place of a return address, the address of code, or
    /// an indirect jump the other way round: both then go through the table of all address-taken code, which has room
    /// for return addresses too.
    /// </summary>
    public bool ReturnsMayFindHandles { get; private set; }

    /// <summary>The group of an instruction.</summary>
    public int Of(int instruction) => _sets.Find(instruction);

    /// <summary>Finds the groups, and turns indirect jumps that are returns into returns.</summary>
    public static ReturnGroups Find(SourceCode code, ReturnHandover handover, List<ProgramEntry> entries)
    {
        var groups = new ReturnGroups(code);
        groups.JoinFlow();
        groups.JoinHandover(handover);
        groups.ClassifyJumps(entries);
        return groups;
    }

    private void JoinFlow()
    {
        var comesBack = ReturnPaths.Find(_code);
        for (var i = 0; i < _code.Count; i++)
        {
            ref readonly var item = ref _code.Instructions[i];
            if (!item.IsReachable)
            {
                continue;
            }

            if (item.IsAddressTaken)
            {
                _sets.Union(_addressTaken, i);
            }

            if (item.Kind == InstructionKind.Branch || (item.Kind == InstructionKind.Jump && !item.IsCall))
            {
                _sets.Union(i, item.Target);
            }

            if (GoesOn(item, comesBack))
            {
                _sets.Union(i, i + 1);
            }
        }
    }

    private static bool GoesOn(in SourceInstruction item, bool[] comesBack) => item.Kind switch
    {
        InstructionKind.Trap => false,
        InstructionKind.Jump => item.IsCall && comesBack[item.Target],
        InstructionKind.IndirectJump => item.IsCall,
        _ => true,
    };

    private void JoinHandover(ReturnHandover handover)
    {
        foreach (var instruction in handover.Jumps)
        {
            _sets.Union(handover.Jumps[0], instruction);
        }

        // Only what also jumps through a register hands a return address over: an entry point that sets up sp and ra
        // and then calls does not.
        var leaving = new HashSet<int>();
        for (var i = 0; i < _code.Count; i++)
        {
            if (_code.Instructions[i] is { IsReachable: true, Kind: InstructionKind.IndirectJump, IsCall: false })
            {
                leaving.Add(Of(i));
            }
        }

        foreach (var instruction in handover.Switches.FindAll(i => leaving.Contains(Of(i))))
        {
            _sets.Union(_addressTaken, instruction);
            ReturnsMayFindHandles = true;
        }
    }

    private void ClassifyJumps(List<ProgramEntry> entries)
    {
        var links = CollectLinkRegisters(entries);
        var jumps = new List<int>();
        for (var i = 0; i < _code.Count; i++)
        {
            ref var item = ref _code.Instructions[i];
            if (item is not { IsReachable: true, Kind: InstructionKind.IndirectJump } || item.IsCall)
            {
                continue;
            }

            if (item.Decoded.Rs1 == ReturnAddress || IsLinkRegister(links, i, item.Decoded.Rs1))
            {
                item.Kind = InstructionKind.Return;
            }

            jumps.Add(i);
        }

        foreach (var jump in jumps.Where(j => _code.Instructions[j].Kind == InstructionKind.IndirectJump))
        {
            _sets.Union(_addressTaken, jump);
        }

        // Through a register that some calls of the group link with, and that is not ra, both a return and a jump
        // to an address that was taken are possible: what serves both serves right.
        links = CollectLinkRegisters(entries);
        ReturnsMayFindHandles |= jumps.Exists(j =>
            _code.Instructions[j].Decoded.Rs1 != ReturnAddress
            && Of(j) == AddressTaken
            && IsLinkRegister(links, j, _code.Instructions[j].Decoded.Rs1));
    }

    private bool IsLinkRegister(ushort[] links, int instruction, int register) =>
        ((links[Of(instruction)] >> register) & 1) != 0;

    /// <summary>For each group, the registers that its callers put a return address into, as a bit set.</summary>
    private ushort[] CollectLinkRegisters(List<ProgramEntry> entries)
    {
        var links = new ushort[_code.Count + 1];
        foreach (var entry in entries)
        {
            links[Of(entry.Instruction)] |= 1 << ReturnAddress;
        }

        for (var i = 0; i < _code.Count; i++)
        {
            ref readonly var item = ref _code.Instructions[i];
            if (item.IsReachable && item.IsCall)
            {
                var group = item.Kind == InstructionKind.Jump ? Of(item.Target) : AddressTaken;
                links[group] |= (ushort)(1 << item.Decoded.Rd);
            }
        }

        return links;
    }
}

using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Input;
using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Flow;

/// <summary>
/// Pass: follows control from the entry points and from all code whose address is taken. What it does not reach,
/// such as padding, is left out of the program; what it reaches must be linkable.
/// </summary>
internal sealed class Reachability
{
    private readonly SourceCode _code;
    private readonly InstructionRules _rules;
    private readonly Stack<int> _pending = new();

    private Reachability(SourceCode code, InstructionRules rules)
    {
        _code = code;
        _rules = rules;
    }

    /// <summary>Marks what is reachable, what is jumped to, and what has its address taken.</summary>
    public static void Mark(
        SourceCode code, List<ProgramEntry> entries, List<DataReference> references, Profile profile, ErrorReporter report)
    {
        var pass = new Reachability(code, new InstructionRules(code, profile, report));
        foreach (var entry in entries)
        {
            pass.AddTarget(entry.Instruction);
        }

        foreach (var reference in references)
        {
            pass.TakeAddress(reference.Target);
        }

        while (pass._pending.TryPop(out var start))
        {
            pass.Follow(start);
        }
    }

    private void Follow(int instruction)
    {
        for (var next = instruction; !_code.Instructions[next].IsReachable; next++)
        {
            ref var item = ref _code.Instructions[next];
            item.IsReachable = true;
            if (!_rules.Check(next) || !Visit(item))
            {
                return;
            }
        }
    }

    /// <summary>Notes where an instruction can go.</summary>
    /// <returns>Whether the next instruction is one of these places.</returns>
    private bool Visit(in SourceInstruction item)
    {
        switch (item.Kind)
        {
            case InstructionKind.Trap:
                return false;
            case InstructionKind.Branch:
                AddTarget(item.Target);
                return true;
            case InstructionKind.Jump:
                AddTarget(item.Target);
                return item.IsCall;
            case InstructionKind.IndirectJump:
                return item.IsCall;
            case InstructionKind.AddressHigh or InstructionKind.TableAddressHigh or InstructionKind.AddressLow:
                TakeAddress(item.Reference);
                return true;
            default:
                return true;
        }
    }

    private void TakeAddress(Location location)
    {
        if (location.Kind == LocationKind.Code)
        {
            _code.Instructions[location.Index].IsAddressTaken = true;
            AddTarget(location.Index);
        }
    }

    private void AddTarget(int instruction)
    {
        _code.Instructions[instruction].IsTarget = true;
        if (!_code.Instructions[instruction].IsReachable)
        {
            _pending.Push(instruction);
        }
    }
}

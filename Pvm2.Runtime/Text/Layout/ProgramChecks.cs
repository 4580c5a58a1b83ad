using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>
/// Sees to it that what was assembled loads. Targets that are no block starts are named all, at their labels; the
/// rest is the validator's.
/// </summary>
internal static class ProgramChecks
{
    internal static void Check(AssemblyUnit unit, GuestProgram program)
    {
        if (program.Code.IsEmpty)
        {
            unit.Diagnostics.Add(new SourcePosition(1, 1), "There is no code: a program begins at an instruction.");
            return;
        }

        if (program.Profile == Profile.Static)
        {
            CheckTargets(unit, program);
        }

        if (unit.Diagnostics.Count == 0 && !ProgramValidator.TryValidate(program, out var error))
        {
            unit.Diagnostics.Add(FindPosition(unit, error), $"The program would be rejected. {error}");
        }
    }

    private static void CheckTargets(AssemblyUnit unit, GuestProgram program)
    {
        var blocks = BasicBlockMap.Build(program.Code.Span, program.Profile);
        var targets = new SortedSet<uint>(program.JumpTables.Entries.ToArray());
        targets.UnionWith(program.EntryPoints.Select(entry => entry.Offset));
        for (var offset = 0; offset < program.Code.Length;)
        {
            var instruction = Decoder.Decode(program.Code.Span, offset, program.Profile);
            if (instruction.Operation.Family is InstructionFamily.Branch or InstructionFamily.Jump)
            {
                targets.Add((uint)(offset + instruction.Immediate));
            }

            offset += instruction.Length;
        }

        foreach (var target in targets)
        {
            if (target < program.Code.Length && !blocks.IsStart(target))
            {
                Complain(unit, target);
            }
        }
    }

    private static void Complain(AssemblyUnit unit, uint target)
    {
        var labels = unit.Symbols.Named
            .Where(s => s is { Kind: SymbolKind.Label, Section: SectionKind.Text } && unit.Code.OffsetOf(s.Place) == target)
            .ToList();
        var name = labels.Count == 0 ? "This place" : $"'{labels[0].Name}'";
        var position = labels.Count == 0 ? unit.Code.ItemAt(target).Position : labels[0].DefinedAt;
        unit.Diagnostics.Add(position, $"{name} is jumped to, but no basic block starts here: put a fallthrough before it.");
    }

    private static SourcePosition FindPosition(AssemblyUnit unit, ProgramError error) =>
        error.Section == ProgramSection.Code && error.Offset < unit.Code.Size
            ? unit.Code.ItemAt(error.Offset).Position
            : new SourcePosition(1, 1);
}

using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.TestKit.Generation;

/// <summary>
/// The code of a program as a list of instructions that know the instructions they jump to, so that some can be taken
/// out. What is computed at run time, such as addresses of code, is not followed.
/// </summary>
public sealed class LiftedProgram
{
    private readonly GuestProgram _program;
    private readonly IReadOnlyList<LiftedInstruction> _instructions;
    private readonly IReadOnlyList<IReadOnlyList<LiftedInstruction>> _tables;
    private readonly LiftedInstruction _entry;

    // Stands behind the last instruction, for what leads there.
    private readonly LiftedInstruction _end = new(Instruction.Illegal(2), 0);

    private LiftedProgram(GuestProgram program)
    {
        _program = program;
        var at = new Dictionary<uint, LiftedInstruction>();
        var code = program.Code.Span;
        for (var offset = 0; offset < code.Length;)
        {
            var instruction = Decoder.Decode(code, offset, program.Profile);
            var bits = 0u;
            for (var i = 0; i < instruction.Length; i++)
            {
                bits |= (uint)code[offset + i] << (8 * i);
            }

            at.Add((uint)offset, new LiftedInstruction(instruction, bits));
            offset += instruction.Length;
        }

        at.Add((uint)code.Length, _end);
        foreach (var (offset, item) in at)
        {
            var isDirect = item.Instruction.Family is InstructionFamily.Branch or InstructionFamily.Jump;
            item.Target = isDirect ? at.GetValueOrDefault(offset + (uint)item.Instruction.Immediate) : null;
        }

        _instructions = [.. at.Values.Where(item => item != _end)];
        _tables = [.. Enumerable.Range(0, program.JumpTables.Count)
            .Select(table => (IReadOnlyList<LiftedInstruction>)[.. program.JumpTables[table].ToArray().Select(entry => at[entry])])];
        _entry = at[program.EntryPoints[0].Offset];
    }

    /// <summary>The instructions, in the order of the code.</summary>
    public IReadOnlyList<LiftedInstruction> Instructions => _instructions;

    /// <summary>Finds the instructions of a program, which must be valid.</summary>
    public static LiftedProgram Of(GuestProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return new LiftedProgram(program);
    }

    /// <summary>
    /// Lays the code out without some instructions. What led to one of these leads to the next one that is left. In
    /// static a <c>fallthrough</c> comes in where a block must start and does not. Tables that nothing names are left out.
    /// </summary>
    /// <param name="kept">What is left.</param>
    /// <param name="program">The program, which may not be valid in static where nothing is left behind a jump.</param>
    /// <returns>Whether every jump reaches its target.</returns>
    public bool TryBuild(IReadOnlySet<LiftedInstruction> kept, [NotNullWhen(true)] out GuestProgram? program)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var builder = new CodeBuilder();
        var labels = new Dictionary<LiftedInstruction, int>();
        foreach (var item in _instructions.Append(_end))
        {
            labels.Add(item, builder.NewLabel());
        }

        var targets = TargetsOf(kept);
        var tables = new Dictionary<int, int>();
        var pending = false;
        var afterTerminator = true;
        foreach (var item in _instructions)
        {
            pending |= targets.Contains(item);
            if (!kept.Contains(item))
            {
                builder.Mark(labels[item]);
                continue;
            }

            if (pending && !afterTerminator && _program.Profile == Profile.Static)
            {
                builder.Emit(Encoder.Make(Opcode.Fallthrough));
                MarkSkipped(item, kept, labels, builder);
            }

            pending = false;
            builder.Mark(labels[item]);
            Emit(builder, item, labels, tables);
            afterTerminator = item.IsTerminator;
        }

        builder.Mark(labels[_end]);
        return TryBuild(builder, labels, tables, out program);
    }

    /// <summary>Copies a program with other code.</summary>
    private GuestProgram With(GeneratedCode code, int entry) => new()
    {
        Profile = _program.Profile,
        Code = code.Bytes,
        JumpTables = JumpTables.Create(code.Tables),
        ReadOnlyData = _program.ReadOnlyData,
        Stack = _program.Stack,
        ReadWriteData = _program.ReadWriteData,
        Heap = _program.Heap,
        EntryPoints = [new EntryPoint("main", code.Labels[entry])],
    };

    private bool TryBuild(
        CodeBuilder builder, Dictionary<LiftedInstruction, int> labels, Dictionary<int, int> tables, [NotNullWhen(true)] out GuestProgram? program)
    {
        foreach (var table in tables.OrderBy(pair => pair.Value).Select(pair => pair.Key))
        {
            builder.AddTable([.. _tables[table].Select(entry => labels[entry])]);
        }

        program = builder.TryBuild(out var code) ? With(code, labels[_entry]) : null;
        return program is not null;
    }

    /// <summary>The skipped instructions right before one stand for it, behind what was put in.</summary>
    private void MarkSkipped(
        LiftedInstruction item, IReadOnlySet<LiftedInstruction> kept, Dictionary<LiftedInstruction, int> labels, CodeBuilder builder)
    {
        for (var i = labels[item] - 1; i >= 0 && !kept.Contains(_instructions[i]); i--)
        {
            builder.Mark(labels[_instructions[i]]);
        }
    }

    private HashSet<LiftedInstruction> TargetsOf(IReadOnlySet<LiftedInstruction> kept)
    {
        var targets = new HashSet<LiftedInstruction> { _entry };
        foreach (var item in _instructions.Where(kept.Contains))
        {
            if (item.Target is { } target)
            {
                targets.Add(target);
            }

            if (item.Instruction.Opcode == Opcode.BrTable)
            {
                targets.UnionWith(_tables[item.Instruction.Immediate]);
            }
        }

        return targets;
    }

    private static void Emit(
        CodeBuilder builder, LiftedInstruction item, Dictionary<LiftedInstruction, int> labels, Dictionary<int, int> tables)
    {
        var instruction = item.Instruction;
        if (item.Target is { } target)
        {
            // One of 2 bytes may grow.
            var whole = Encoder.Make(instruction.Opcode, instruction.Rd, instruction.Rs1, instruction.Rs2);
            builder.EmitTo(labels[target], whole, compress: instruction.Length == 2);
        }
        else if (instruction.Opcode == Opcode.BrTable)
        {
            tables.TryAdd(instruction.Immediate, tables.Count);
            builder.Emit(instruction with { Immediate = tables[instruction.Immediate] });
        }
        else
        {
            builder.EmitRaw(item.Bits, instruction.Length);
        }
    }
}

using System.Buffers.Binary;
using Pvm2.Cli.Output;
using Pvm2.Native.Inspection;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.Cli.Listing;

/// <summary>
/// Writes the machine code of a module as comments of the listing: after each guest instruction what became of it, and
/// at the end what belongs to none.
/// </summary>
internal sealed class MachineListing
{
    private readonly Module _module;
    private readonly MachineCode _code;
    private readonly string _charge;
    private readonly PositionNames _names;
    private readonly MachineText _text;
    private readonly Dictionary<uint, MachineCodePart> _instructions;

    /// <summary>Gets ready to write the machine code of a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="code">Its machine code.</param>
    /// <param name="model">The gas model that it charges by.</param>
    public MachineListing(Module module, MachineCode code, GasModel model)
    {
        _module = module;
        _charge = model == GasModel.None ? "question whether to stop" : "charge of the block";
        _code = code;
        _names = new PositionNames(code, module.Blocks);
        _text = new MachineText(code.Bytes, _names);
        _instructions = code.Parts
            .Where(part => part.Kind == MachineCodePartKind.Instruction)
            .ToDictionary(part => part.Offset);
    }

    /// <summary>The lines after the guest instruction at an offset.</summary>
    public IEnumerable<string> After(uint offset)
    {
        var part = _instructions[offset];
        if (part.Length == 0)
        {
            return ["    no machine code of its own"];
        }

        var lines = _text.Lines(part.Position, part.Length).ToList();
        var charge = _module.Blocks.IndexOf(offset) is >= 0 and var block ? ChargeLength(lines, block) : 0;
        var texts = lines.Select(line => line.Text).ToList();
        return charge == 0
            ? texts
            : [$"  {_charge}:", .. texts[..charge], "  the instruction:", .. texts[charge..]];
    }

    /// <summary>Writes what is not a guest instruction's.</summary>
    public void WriteRest(TextWriter writer)
    {
        writer.WriteLine();
        writer.WriteLine($"# machine code: {Figures.Count(_code.Bytes.Length, "byte")} with everything that follows");
        var kind = MachineCodePartKind.Instruction;
        foreach (var part in _code.Parts)
        {
            if (part.Kind is MachineCodePartKind.Instruction or MachineCodePartKind.Padding)
            {
                continue;
            }

            if (part.Kind != kind || part.Kind is MachineCodePartKind.JumpTable)
            {
                kind = part.Kind;
                writer.WriteLine();
                writer.WriteLine($"# {TitleOf(part)}");
            }

            foreach (var line in LinesOf(part))
            {
                writer.WriteLine($"    # {line}");
            }
        }
    }

    /// <summary>How many lines lead up to the jump to the block's exit, which is the last of its charge.</summary>
    private static int ChargeLength(List<MachineLine> lines, int block) =>
        lines.FindIndex(line => line.Target == PositionNames.ExitOf(block)) + 1;

    private IEnumerable<string> LinesOf(MachineCodePart part) => part.Kind switch
    {
        MachineCodePartKind.BlockStartTable => BlockStarts(part),
        MachineCodePartKind.JumpTable => Targets(part),
        _ => [Label(part), .. _text.Lines(part.Position, part.Length).Select(line => line.Text)],
    };

    private string Label(in MachineCodePart part)
    {
        var place = part.Kind is MachineCodePartKind.BlockExit or MachineCodePartKind.LargeCharge or MachineCodePartKind.ColdExit
            ? $" for {Hex.Address(_module.Program.CodeBase + part.Offset)}"
            : string.Empty;
        return $"  {_names[part.Position]}:{place}";
    }

    private IEnumerable<string> BlockStarts(MachineCodePart part)
    {
        for (var entry = 0; entry < part.Length; entry += sizeof(int))
        {
            var distance = BinaryPrimitives.ReadInt32LittleEndian(_code.Bytes.Span[(part.Position + entry)..]);
            if (distance != 0)
            {
                var counter = _module.Program.CodeBase + (uint)(entry / sizeof(int) * 2);
                yield return Entry(part.Position + entry, sizeof(int), part.Position + distance, $" for {Hex.Address(counter)}");
            }
        }
    }

    private IEnumerable<string> Targets(MachineCodePart part)
    {
        for (var entry = 0; entry < part.Length; entry += sizeof(long))
        {
            var target = BinaryPrimitives.ReadInt64LittleEndian(_code.Bytes.Span[(part.Position + entry)..]);
            yield return Entry(part.Position + entry, sizeof(long), (int)target, string.Empty);
        }
    }

    private string Entry(int position, int size, int target, string comment) =>
        MachineText.Line(position, _code.Bytes.Span.Slice(position, size), _names[target] + comment);

    private static string TitleOf(in MachineCodePart part) => part.Kind switch
    {
        MachineCodePartKind.Stub => "stubs: the way in, what all ways out have in common, and the ways out",
        MachineCodePartKind.BlockExit => "exits of blocks at their starts",
        MachineCodePartKind.EndOfCode => "where a guest runs off the end of its code",
        MachineCodePartKind.LargeCharge => "charges of blocks that cost more than an instruction can take",
        MachineCodePartKind.ColdExit => "cold exits of instructions",
        MachineCodePartKind.BlockStartTable =>
            "block_starts: for each halfword of guest code the distance to its block; entries that are zero are left out",
        MachineCodePartKind.JumpTable => $"table{part.Offset}: positions, which become addresses",
        _ => part.Name,
    };
}

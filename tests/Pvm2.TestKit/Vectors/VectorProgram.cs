using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text;

namespace Pvm2.TestKit.Vectors;

/// <summary>The program around one instruction; <c>tests/vectors/instructions/README.md</c> describes it.</summary>
public sealed class VectorProgram
{
    /// <summary>What every byte of data holds that a vector does not set.</summary>
    public const byte Filler = 0xA5;

    private const string Template = """
        .profile {0}
        .option norvc
        .entry start
        {1}
        back:   ecalli 3
        start:  {2}
        next:   ecalli 1
        taken:  ecalli 2
        """;

    private const string Tables = """
        .table first, taken, back, next
        .table second
        .table third, back
        """;

    private VectorProgram(Module module, IReadOnlyDictionary<string, ulong> labels)
    {
        Module = module;
        Labels = labels;
    }

    /// <summary>The module.</summary>
    public Module Module { get; }

    /// <summary>The program counters of <c>back</c>, <c>start</c>, <c>next</c> and <c>taken</c>.</summary>
    public IReadOnlyDictionary<string, ulong> Labels { get; }

    /// <summary>The instruction under test.</summary>
    public Instruction Instruction
    {
        get
        {
            var program = Module.Program;
            return Decoder.Decode(program.Code.Span, (int)(Labels["start"] - program.CodeBase), program.Profile);
        }
    }

    /// <summary>Assembles the program of a vector.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="profile">The profile.</param>
    /// <exception cref="FormatException">It does not assemble, or does not load.</exception>
    public static VectorProgram Build(InstructionVector vector, Profile profile)
    {
        ArgumentNullException.ThrowIfNull(vector);
        var source = Template
            .Replace("{0}", profile == Profile.Static ? "static" : "xjar", StringComparison.Ordinal)
            .Replace("{1}", NeedsTables(vector) ? Tables : string.Empty, StringComparison.Ordinal)
            .Replace("{2}", vector.Instruction, StringComparison.Ordinal);
        var assembly = Assembler.Assemble(source);
        if (!assembly.Succeeded)
        {
            throw new FormatException(string.Join("; ", assembly.Diagnostics));
        }

        var program = WithMemory(assembly.Program, vector, assembly.Symbols);
        return Module.TryCreate(program, out var module, out var error)
            ? new VectorProgram(module, assembly.Symbols)
            : throw new FormatException(error.ToString());
    }

    /// <summary>Only a br_table ends its block, so that the tables' entry <c>next</c> is a block start.</summary>
    private static bool NeedsTables(InstructionVector vector) =>
        vector.Instruction.StartsWith("br_table", StringComparison.Ordinal);

    private static GuestProgram WithMemory(GuestProgram program, InstructionVector vector, IReadOnlyDictionary<string, ulong> labels)
    {
        const uint Page = AddressSpace.PageSize;
        const uint Start = 0x1000_0000;
        const uint LastPage = 0xFFFF_F000;
        var content = new byte[3 * Page];
        Array.Fill(content, Filler);
        foreach (var (address, bytes) in vector.Before.Memory)
        {
            var offset = (long)address.Resolve(labels) - Start - Page;
            if (offset >= 0 && offset + bytes.Length <= content.Length)
            {
                bytes.CopyTo(content, offset);
            }
        }

        return new GuestProgram
        {
            Profile = program.Profile,
            Code = program.Code,
            JumpTables = program.JumpTables,
            EntryPoints = program.EntryPoints,
            Stack = new MemoryRegion(Start, Page),
            ReadOnlyData = new MemoryRegion(Start + Page, Page, content.AsMemory(0, (int)Page)),
            ReadWriteData = new MemoryRegion(Start + (2 * Page), 2 * Page, content.AsMemory((int)Page)),
            Heap = new MemoryRegion(LastPage, Page),
        };
    }
}

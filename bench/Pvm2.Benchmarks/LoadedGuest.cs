using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Benchmarks;

/// <summary>A guest whose loading is measured: its container, and what comes of it.</summary>
internal sealed class LoadedGuest
{
    public LoadedGuest(string kind, string path)
        : this($"{kind} {Path.GetFileNameWithoutExtension(path)}", File.ReadAllBytes(path))
    {
    }

    private LoadedGuest(string name, byte[] container)
    {
        Name = name;
        Container = container;
        var module = Module.Load(container);
        Program = module.Program;
        Blocks = module.Blocks;
        Instructions = DecodeAll(Program);
        BlockLengths = CountByBlock(Instructions, Blocks);
    }

    public string Name { get; }

    public byte[] Container { get; }

    public GuestProgram Program { get; }

    public BasicBlockMap Blocks { get; }

    /// <summary>All instructions of the code, in its order.</summary>
    public Instruction[] Instructions { get; }

    /// <summary>Instructions of each block.</summary>
    public int[] BlockLengths { get; }

    /// <summary>Something that depends on what was measured, so that it cannot be left out.</summary>
    public ulong Result { get; set; }

    /// <summary>A long program: the code of a guest again and again, everything else once.</summary>
    /// <param name="path">The guest's container.</param>
    /// <param name="kind">Stands before its name.</param>
    /// <param name="instructions">How many there shall be at least.</param>
    public static LoadedGuest Repeat(string path, string kind, int instructions)
    {
        var guest = new LoadedGuest(kind, path);
        var program = guest.Program;
        var times = (instructions + guest.Instructions.Length - 1) / guest.Instructions.Length;
        var code = new byte[program.Code.Length * times];
        for (var start = 0; start < code.Length; start += program.Code.Length)
        {
            program.Code.CopyTo(code.AsMemory(start));
        }

        return new LoadedGuest($"{guest.Name} × {times}", ProgramWriter.Write(new GuestProgram
        {
            Profile = program.Profile,
            Code = code,
            JumpTables = program.JumpTables,
            ReadOnlyData = program.ReadOnlyData,
            ReadWriteData = program.ReadWriteData,
            Stack = program.Stack,
            Heap = program.Heap,
            EntryPoints = program.EntryPoints,
        }));
    }

    private static Instruction[] DecodeAll(GuestProgram program)
    {
        var instructions = new List<Instruction>();
        for (var offset = 0; offset < program.Code.Length; offset += instructions[^1].Length)
        {
            instructions.Add(Decoder.Decode(program.Code.Span, offset, program.Profile));
        }

        return [.. instructions];
    }

    private static int[] CountByBlock(Instruction[] instructions, BasicBlockMap blocks)
    {
        var lengths = new int[blocks.Count];
        var block = -1;
        var offset = 0u;
        foreach (var instruction in instructions)
        {
            block += blocks.IsStart(offset) ? 1 : 0;
            lengths[block]++;
            offset += instruction.Length;
        }

        return lengths;
    }
}

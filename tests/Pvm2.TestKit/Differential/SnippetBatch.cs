using System.Numerics;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Generation;

namespace Pvm2.TestKit.Differential;

/// <summary>
/// Many snippets laid out one after the other, so that one process runs them all. The bytes are the same for every
/// machine; only what follows the last snippet, where each machine hands its memory over, is the machine's own.
/// </summary>
public sealed class SnippetBatch
{
    private const int RegisterAreaFromBase = Snippet.ScratchAbove;

    /// <summary>Lays snippets out.</summary>
    public SnippetBatch(IReadOnlyList<Snippet> snippets, GeneratorOptions options)
    {
        ArgumentNullException.ThrowIfNull(snippets);
        ArgumentNullException.ThrowIfNull(options);
        Snippets = snippets;
        Registers = options.Registers;
        var builder = new CodeBuilder();
        var starts = new int[snippets.Count];
        var memory = new byte[snippets.Count * Snippet.SlotSize];
        for (var i = 0; i < snippets.Count; i++)
        {
            starts[i] = builder.NewLabelHere();
            Emit(builder, snippets[i], SlotAddress(i) + Snippet.ScratchBelow);
            snippets[i].Slot.Span.CopyTo(memory.AsSpan(i * Snippet.SlotSize));
        }

        Instructions = builder.Count;
        var end = builder.NewLabelHere();
        var code = builder.Build();
        Code = code.Bytes;
        Memory = memory;
        Starts = [.. starts.Append(end).Select(label => code.Labels[label])];
    }

    /// <summary>The snippets.</summary>
    public IReadOnlyList<Snippet> Snippets { get; }

    /// <summary>The registers that exist; all but the base register of a snippet are loaded and stored.</summary>
    public RegisterSet Registers { get; }

    /// <summary>The code of all snippets. It ends where the last one does: the machine appends what comes next.</summary>
    public ReadOnlyMemory<byte> Code { get; }

    /// <summary>The slots of all snippets at the start; they lie at <see cref="AddressSpace.DataBase"/>.</summary>
    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>The code offset of every snippet, and after them that of the end.</summary>
    public IReadOnlyList<uint> Starts { get; }

    /// <summary>Number of instructions in the code, those that load and store registers included.</summary>
    public int Instructions { get; }

    /// <summary>Number of instructions before a snippet's own: they load its registers.</summary>
    public int PrologueLength => EpilogueLength + 2;

    /// <summary>Number of instructions after a snippet's own: they store its registers.</summary>
    public int EpilogueLength => BitOperations.PopCount(Registers.Bits & ~1u) - 1;

    /// <summary>Generates and lays out snippets of consecutive seeds.</summary>
    public static SnippetBatch Generate(ulong firstSeed, int count, GeneratorOptions options) =>
        new([.. Enumerable.Range(0, count).Select(i => Snippet.Generate(firstSeed + (ulong)i, options))], options);

    /// <summary>The address of a snippet's slot.</summary>
    public static uint SlotAddress(int index) => AddressSpace.DataBase + (uint)(index * Snippet.SlotSize);

    private void Emit(CodeBuilder builder, Snippet snippet, uint baseAddress)
    {
        var pointer = snippet.BaseRegister;
        var low = (int)(baseAddress << 20) >> 20;
        builder.Emit(Encoder.Make(Opcode.Lui, pointer, immediate: (int)baseAddress - low));
        builder.Emit(Encoder.Make(Opcode.Addi, pointer, pointer, immediate: low));
        foreach (var register in SavedRegisters(pointer))
        {
            builder.Emit(Encoder.Make(Opcode.Ld, register, pointer, immediate: RegisterAreaFromBase + (8 * register)), true);
        }

        var end = builder.NewLabel();
        new NodeEmitter(builder, end).Emit(snippet.Nodes);

        // Whatever came last, the end is a block start.
        builder.EmitTo(end, Encoder.Make(Opcode.Jal), compress: true);
        builder.Mark(end);
        foreach (var register in SavedRegisters(pointer))
        {
            builder.Emit(Encoder.Make(Opcode.Sd, 0, pointer, register, RegisterAreaFromBase + (8 * register)), true);
        }
    }

    private IEnumerable<int> SavedRegisters(int pointer) =>
        Enumerable.Range(1, 15).Where(register => register != pointer && Registers.Contains(register));
}

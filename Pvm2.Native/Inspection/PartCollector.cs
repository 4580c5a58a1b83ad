using System.Buffers.Binary;
using Pvm2.Native.Code;
using Pvm2.Native.Compilation;
using Pvm2.Native.X64;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Inspection;

/// <summary>
/// Finds out what each byte of compiled code is, from what the compiler leaves behind. This is the one place that
/// knows in which form it does.
/// </summary>
internal sealed class PartCollector
{
    /// <summary>What alignment is filled with. No code ends with it: the last thing is always a jump back.</summary>
    private const byte Filler = 0xCC;

    private const int DisplacementBytes = sizeof(int);

    private readonly Module _module;
    private readonly CompiledModule _compiled;
    private readonly CompilerBuffers _buffers;
    private readonly List<MachineCodePart> _parts = [];

    private PartCollector(Module module, CompiledModule compiled, CompilerBuffers buffers)
    {
        _module = module;
        _compiled = compiled;
        _buffers = buffers;
    }

    private ReadOnlySpan<byte> Code => _buffers.Code.Written;

    /// <summary>Names all parts of a module's code, in their order and without gaps.</summary>
    /// <param name="module">The module.</param>
    /// <param name="compiled">What came of compiling it.</param>
    /// <param name="buffers">The buffers of that compilation, as it left them.</param>
    internal static IReadOnlyList<MachineCodePart> Collect(Module module, CompiledModule compiled, CompilerBuffers buffers)
    {
        var collector = new PartCollector(module, compiled, buffers);
        collector.AddStubs();
        collector.AddBlockExits();
        collector.AddInstructions();
        collector.AddLargeCharges();
        collector.AddColdExits();
        collector.AddTables();
        return collector.Close();
    }

    /// <summary>The stubs are the same in all code, so that a copy of them tells where they lie.</summary>
    private void AddStubs()
    {
        using var copy = new Assembler(1024);
        var stubs = ExitStubs.Emit(copy, _compiled.WritesGsBase);
        AddOpen(MachineCodePartKind.Stub, stubs.Entry, 0, "entry");

        // The first way out ends, as all of them do, in a jump to what they have in common.
        AddOpen(MachineCodePartKind.Stub, TargetOf(stubs[ExitKind.OutOfGas + 1] - DisplacementBytes), 0, "leave");
        for (var kind = ExitKind.OutOfGas; kind <= ExitKind.PageFault; kind++)
        {
            AddOpen(MachineCodePartKind.Stub, stubs[kind], 0, NameOf(kind));
        }
    }

    private void AddBlockExits()
    {
        var starts = _module.Blocks.Starts;
        for (var block = 0; block < starts.Length; block++)
        {
            var position = BlockExits.PositionOf(_compiled.BlockExits, block);
            var length = BlockExits.PositionOf(_compiled.BlockExits, block + 1) - position;
            Add(MachineCodePartKind.BlockExit, position, length, starts[block], "block exit");
        }
    }

    private void AddInstructions()
    {
        var program = _module.Program;
        var code = program.Code.Span;
        var starts = _module.Blocks.Starts;
        var positions = _compiled.Map.BlockPositions;
        var lengths = _compiled.Map.Lengths;
        for (var block = 0; block < starts.Length; block++)
        {
            var position = positions[block];
            var end = block + 1 < starts.Length ? (int)starts[block + 1] : code.Length;
            for (var offset = (int)starts[block]; offset < end; offset += Decoder.LengthOf(code[offset]))
            {
                Add(MachineCodePartKind.Instruction, position, lengths[offset >> 1], (uint)offset, "instruction");
                position += lengths[offset >> 1];
            }
        }

        AddOpen(MachineCodePartKind.EndOfCode, positions[starts.Length], (uint)code.Length, "end of code");
    }

    private void AddLargeCharges()
    {
        const int OpcodeBytes = 1;
        foreach (var block in _buffers.LargeCharges)
        {
            var jump = _compiled.Map.BlockPositions[block] + OpcodeBytes;
            AddOpen(MachineCodePartKind.LargeCharge, TargetOf(jump), _module.Blocks.Starts[block], "large charge");
        }
    }

    private void AddColdExits()
    {
        foreach (var exit in _buffers.ColdExits)
        {
            var offset = exit.ProgramCounter - _module.Program.CodeBase;
            AddOpen(MachineCodePartKind.ColdExit, TargetOf(exit.Displacement), offset, NameOf(exit.Kind));
        }
    }

    private void AddTables()
    {
        var seen = new HashSet<int>();
        foreach (var reference in _buffers.TableReferences)
        {
            var position = TargetOf(reference.Displacement);
            if (!seen.Add(reference.Table))
            {
                continue;
            }

            if (reference.Table < 0)
            {
                var length = (_module.Program.Code.Length + 1) / 2 * sizeof(int);
                Add(MachineCodePartKind.BlockStartTable, position, length, 0, "block starts");
            }
            else
            {
                var length = _module.Program.JumpTables[reference.Table].Length * sizeof(long);
                Add(MachineCodePartKind.JumpTable, position, length, (uint)reference.Table, "jump table");
            }
        }
    }

    /// <summary>Where an instruction leads whose displacement, its last four bytes, lies at a position.</summary>
    private int TargetOf(int displacement) =>
        displacement + DisplacementBytes + BinaryPrimitives.ReadInt32LittleEndian(Code[displacement..]);

    private void Add(MachineCodePartKind kind, int position, int length, uint offset, string name) =>
        _parts.Add(new MachineCodePart(kind, position, length, offset, name));

    /// <summary>Adds a part that goes on to the next one, but for padding.</summary>
    private void AddOpen(MachineCodePartKind kind, int position, uint offset, string name) =>
        Add(kind, position, -1, offset, name);

    /// <summary>Puts the parts in order, gives the open ones their ends, and fills the gaps.</summary>
    private List<MachineCodePart> Close()
    {
        var closed = new List<MachineCodePart>(_parts.Count + 4);
        var ordered = _parts.OrderBy(part => part.Position).ToArray();
        for (var i = 0; i < ordered.Length; i++)
        {
            var part = ordered[i];
            var next = i + 1 < ordered.Length ? ordered[i + 1].Position : Code.Length;
            var length = part.Length >= 0 ? part.Length : LengthWithoutFiller(part.Position, next);
            closed.Add(part with { Length = length });
            var end = part.Position + length;
            if (end < next)
            {
                closed.Add(new MachineCodePart(MachineCodePartKind.Padding, end, next - end, 0, "padding"));
            }
        }

        return closed;
    }

    private int LengthWithoutFiller(int start, int end) => Code[start..end].TrimEnd(Filler).Length;

    private static string NameOf(ExitKind kind) => kind switch
    {
        ExitKind.OutOfGas => "out of gas",
        ExitKind.Panic => "panic",
        ExitKind.HostCall => "host call",
        ExitKind.ManagementCall => "management call",
        ExitKind.Stopped => "stopped",
        ExitKind.StoppedAtIndirectJump => "stopped at indirect jump",
        ExitKind.PageFault => "page fault",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

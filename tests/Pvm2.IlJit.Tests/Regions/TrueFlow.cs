using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.IlJit.Tests.Regions;

/// <summary>Where control can go in a program, read from its instructions one block at a time and without any speed.</summary>
internal sealed class TrueFlow
{
    private const int ReturnAddress = 1;

    private readonly Module _module;
    private readonly List<(Instruction Instruction, uint Offset)> _ends = [];

    internal TrueFlow(Module module, RegionLimits limits)
    {
        _module = module;
        for (var block = 0; block < Count; block++)
        {
            var end = block + 1 < Count ? Blocks.Starts[block + 1] : (uint)module.Program.Code.Length;
            var size = limits.Cost.OfBlock;
            (Instruction Instruction, uint Offset) last = default;
            for (var offset = Blocks.Starts[block]; offset < end; offset += last.Instruction.Length)
            {
                last = (Decoder.Decode(module.Program.Code.Span, (int)offset, module.Program.Profile), offset);
                size += limits.Cost.OfInstruction(last.Instruction);
            }

            _ends.Add(last);
            var targets = TableTargets(block).Count;
            Sizes.Add(targets <= limits.MaxSwitchTargets ? size + limits.Cost.OfSwitch(targets) : size);
        }
    }

    /// <summary>Number of blocks.</summary>
    internal int Count => Blocks.Count;

    /// <summary>What each block becomes.</summary>
    internal List<LoweringSize> Sizes { get; } = [];

    private BasicBlockMap Blocks => _module.Blocks;

    /// <summary>Whether a block ends with a call of the host.</summary>
    internal bool CallsHost(int block) => _ends[block].Instruction.Family == InstructionFamily.HostCall;

    /// <summary>Whether a block ends with a jalr.</summary>
    internal bool GoesAnywhere(int block) => _ends[block].Instruction.Opcode == Opcode.Jalr;

    /// <summary>Whether a block ends with a br_table through ra.</summary>
    internal bool ReturnsThroughTable(int block) =>
        _ends[block].Instruction is { Opcode: Opcode.BrTable, Rs1: ReturnAddress };

    /// <summary>Whether a block ends with a jal or jalr that writes a register.</summary>
    internal bool Links(int block) => _ends[block].Instruction is { Opcode: Opcode.Jal or Opcode.Jalr, Rd: not 0 };

    /// <summary>Whether a block does nothing but end the run.</summary>
    internal bool OnlyPanics(int block) =>
        _ends[block].Instruction.Family is InstructionFamily.Illegal or InstructionFamily.Trap
        || (_ends[block].Instruction.Opcode == Opcode.Jal && !Fixed(block).Any())
        || (block == Count - 1 && !_ends[block].Instruction.Operation.IsTerminator);

    /// <summary>The next block, or nothing at the end of the code.</summary>
    internal IEnumerable<int> Next(int block) => block + 1 < Count ? [block + 1] : [];

    /// <summary>Where control goes from a block, but for indirect jumps.</summary>
    internal IEnumerable<int> Fixed(int block)
    {
        var (instruction, offset) = _ends[block];
        var target = Blocks.IndexOf((uint)(offset + instruction.Immediate));
        IEnumerable<int> targets = target >= 0 ? [target] : [];
        return instruction.Family switch
        {
            InstructionFamily.Branch => targets.Concat(Next(block)),
            InstructionFamily.Jump => targets,
            InstructionFamily.HostCall => Next(block),
            InstructionFamily.IndirectJump or InstructionFamily.Trap or InstructionFamily.Illegal => [],
            _ => Next(block),
        };
    }

    /// <summary>What the table of a block's br_table holds; nothing if it ends otherwise.</summary>
    internal IReadOnlyList<int> TableTargets(int block) => _ends[block].Instruction is { Opcode: Opcode.BrTable } jump
        ? [.. _module.Program.JumpTables[jump.Immediate].ToArray().Select(Blocks.IndexOf)]
        : [];

    /// <summary>The next block, if the block ends with a br_table, which goes there if its index is beyond the table.</summary>
    internal IEnumerable<int> BeyondTable(int block) =>
        _ends[block].Instruction.Opcode == Opcode.BrTable ? Next(block) : [];

    /// <summary>The blocks that can be reached from some.</summary>
    internal static HashSet<int> Reach(IEnumerable<int> from, Func<int, IEnumerable<int>> successors)
    {
        var reached = new HashSet<int>(from);
        var pending = new Stack<int>(reached);
        while (pending.TryPop(out var block))
        {
            foreach (var successor in successors(block))
            {
                if (reached.Add(successor))
                {
                    pending.Push(successor);
                }
            }
        }

        return reached;
    }
}

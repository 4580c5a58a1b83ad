using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.IlJit.Regions;

/// <summary>Makes the control-flow graph of a module, in one walk over its code.</summary>
/// <remarks>
/// In xjar a jump that leaves an address in a register is a call. In static the instruction before a call puts a number
/// into ra or t0, and the block to return to, which is in a table, is the next one or that after a trap. Code that does otherwise is grouped less well.
/// </remarks>
internal ref struct ControlFlowScan
{
    private const int ReturnAddress = 1;
    private const int StackPointer = 2;
    private const int AlternateReturnAddress = 5;

    private readonly GuestProgram _program;
    private readonly BasicBlockMap _blocks;
    private readonly RegionLimits _limits;
    private readonly ControlFlowGraph _graph;
    private readonly RegisterConstants _constants = new();
    private InstructionReader _reader;

    // Whether the last instruction has put a number into a link register.
    private bool _hasLink;

    // Whether ra was loaded from elsewhere than the stack, as longjmp does, and what else switches from one call to another.
    private bool _switchesCalls;

    private ControlFlowScan(Module module, RegionLimits limits)
    {
        _program = module.Program;
        _blocks = module.Blocks;
        _limits = limits;
        _graph = new ControlFlowGraph(_blocks.Count, _program.Profile);
        _reader = new InstructionReader(_program.Code.Span, _program.Profile);
        foreach (var target in _program.JumpTables.Entries.Span)
        {
            _graph.TableTargets.Add(_blocks.IndexOf(target));
        }
    }

    /// <summary>Makes the graph.</summary>
    internal static ControlFlowGraph Run(Module module, RegionLimits limits)
    {
        var scan = new ControlFlowScan(module, limits);
        for (var block = 0; block < scan._graph.Count; block++)
        {
            scan.ReadBlock(block);
        }

        return scan._graph;
    }

    private static bool IsLink(int register) => register is ReturnAddress or AlternateReturnAddress;

    private void ReadBlock(int block)
    {
        var end = block + 1 < _graph.Count ? (int)_blocks.Starts[block + 1] : _program.Code.Length;
        var size = _limits.Cost.OfBlock;
        _constants.Clear();
        _hasLink = false;
        _switchesCalls = false;
        while (true)
        {
            var offset = _reader.Offset;
            var instruction = _reader.Read();
            size += _limits.Cost.OfInstruction(instruction);
            if (_reader.Offset >= end)
            {
                _graph.Sizes[block] = size;
                Finish(block, instruction, offset);
                return;
            }

            Follow(instruction, offset);
        }
    }

    private void Follow(in Instruction instruction, int offset)
    {
        _hasLink = false;
        if (instruction.Rd == ReturnAddress)
        {
            _switchesCalls = instruction.Family == InstructionFamily.Load && instruction.Rs1 != StackPointer;
        }

        if (_constants.Follow(instruction, _program.CodeBase + (uint)offset, out var value))
        {
            // Handles and places in return tables are odd.
            _hasLink = IsLink(instruction.Rd) && (value & 1) != 0;
            NoteAddress(value);
        }
    }

    /// <summary>Notes that an address of code is a constant of the program.</summary>
    private readonly void NoteAddress(ulong value)
    {
        if (FindBlock(value) is >= 0 and var block)
        {
            _graph.Addresses.Add(block);
        }
    }

    /// <summary>The block at an address, in xjar alone: in static a constant is no address of code.</summary>
    private readonly int FindBlock(ulong address) =>
        _program.Profile == Profile.Xjar && address - _program.CodeBase < (ulong)_program.Code.Length
            ? _blocks.IndexOf((uint)address - _program.CodeBase)
            : ControlFlowGraph.None;

    /// <summary>Notes how a block ends.</summary>
    private void Finish(int block, in Instruction last, int offset)
    {
        var (end, target) = Classify(block, last, offset);
        _graph.Ends[block] = end;
        _graph.Targets[block] = target;
        if (last.Opcode == Opcode.BrTable)
        {
            var targets = _program.JumpTables[target].Length;
            if (targets <= _limits.MaxSwitchTargets)
            {
                _graph.Sizes[block] += _limits.Cost.OfSwitch(targets);
            }
        }
    }

    private (BlockEnd End, int Target) Classify(int block, in Instruction last, int offset)
    {
        switch (last.Family)
        {
            case InstructionFamily.Branch:
                return (BlockEnd.Branch, FixedTarget(last, offset));
            case InstructionFamily.Jump:
                return ClassifyJump(block, last, FixedTarget(last, offset));
            case InstructionFamily.IndirectJump when last.Opcode == Opcode.BrTable:
                return (ClassifyTableJump(block, last), last.Immediate);
            case InstructionFamily.IndirectJump:
                return ClassifyRegisterJump(last);
            case InstructionFamily.HostCall:
                return (BlockEnd.HostCall, ControlFlowGraph.None);
            case InstructionFamily.Illegal or InstructionFamily.Trap:
                return (BlockEnd.Panic, ControlFlowGraph.None);
            default:
                // In xjar a host call starts a block, so that any instruction can be the last one before it.
                Follow(last, offset);
                return (BlockEnd.FallThrough, ControlFlowGraph.None);
        }
    }

    private readonly int FixedTarget(in Instruction last, int offset) => _blocks.IndexOf((uint)(offset + last.Immediate));

    private readonly (BlockEnd End, int Target) ClassifyJump(int block, in Instruction last, int target)
    {
        if (target == ControlFlowGraph.None)
        {
            return (BlockEnd.Panic, target);
        }

        // In static nothing can be done with what jal leaves in a register.
        var isCall = _program.Profile == Profile.Xjar ? last.Rd != 0 : IsStaticCall(block);
        return (isCall ? BlockEnd.Call : BlockEnd.Jump, target);
    }

    private readonly bool IsStaticCall(int block) => _hasLink && _graph.HasReturnSite(block);

    private readonly BlockEnd ClassifyTableJump(int block, in Instruction last) => IsStaticCall(block)
        ? BlockEnd.IndirectCall
        : last.Rs1 == ReturnAddress && !_switchesCalls ? BlockEnd.Return : BlockEnd.IndirectJump;

    private readonly (BlockEnd End, int Target) ClassifyRegisterJump(in Instruction last)
    {
        if (_constants.TryGet(last.Rs1, out var source)
            && FindBlock((source + (ulong)last.Immediate) & ~1UL) is >= 0 and var target)
        {
            _graph.Addresses.Add(target);
            return (last.Rd != 0 ? BlockEnd.Call : BlockEnd.Jump, target);
        }

        var end = last.Rd != 0 ? BlockEnd.IndirectCall
            : IsLink(last.Rs1) ? BlockEnd.Return
            : BlockEnd.IndirectJump;
        return (end, ControlFlowGraph.None);
    }
}

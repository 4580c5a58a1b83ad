using System.Reflection.Emit;
using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Portable;

namespace Pvm2.IlJit.Lowering;

/// <summary>Turns a region into the IL of its method.</summary>
internal sealed partial class RegionLowering
{
    private readonly LoweringInput _input;
    private readonly Region _region;
    private readonly ICodeSink _sink;
    private readonly uint _codeBase;
    private readonly RegionCode _code;
    private readonly DirtyRegisters _dirtyRegisters;
    private readonly RegisterFile _registers;
    private readonly ExitCode _exits;
    private readonly KnownConstants _constants;
    private readonly InstructionLowering _instructions;
    private readonly MemoryLowering _memory;
    private readonly Dictionary<int, CodeLabel> _labels = [];
    private readonly CodeLabel _dispatch;

    // The block under way: what comes after it in the method, what may be dirty at this instruction of it, and where
    // that is.
    private int _next;
    private RegisterSet _dirty;
    private uint _offset;

    private RegionLowering(LoweringInput input, Region region, ICodeSink sink)
    {
        _input = input;
        _region = region;
        _sink = sink;
        _codeBase = input.Module.Program.CodeBase;
        _code = RegionCode.Decode(input, region);
        _dirtyRegisters = DirtyRegisters.Find(input.Module, region, _code);
        _registers = new RegisterFile(sink, _code, input.Costs is not null);
        _exits = new ExitCode(sink, _registers, _code.Written);
        _constants = new KnownConstants(_codeBase);
        _instructions = new InstructionLowering(sink, _registers, _codeBase);
        _memory = new MemoryLowering(sink, _registers, input.Memory, _constants);
        _dispatch = sink.DefineLabel();
        foreach (var block in region.Blocks)
        {
            _labels.Add(block, sink.DefineLabel());
        }
    }

    /// <summary>Turns a region into IL.</summary>
    /// <param name="input">The module.</param>
    /// <param name="region">One of its regions.</param>
    /// <param name="sink">Takes the code.</param>
    internal static void Lower(LoweringInput input, Region region, ICodeSink sink) =>
        new RegionLowering(input, region, sink).Run();

    private void Run()
    {
        _registers.Fill();
        Dispatch();
        for (var n = 0; n < _region.Blocks.Length; n++)
        {
            _next = n + 1 < _region.Blocks.Length ? _region.Blocks[n + 1] : -1;
            LowerBlock(_code[_region.Blocks[n]]);
        }

        _exits.Finish();
    }

    /// <summary>Goes on at the block whose entry number is argument 1.</summary>
    private void Dispatch()
    {
        _sink.Mark(_dispatch);
        _sink.LoadArgument(1);
        _sink.Switch([.. _region.Entries.Select(entry => _labels[entry])]);

        // The caller had read the slot's entry before the block was compiled: what BlockSlot.NotCompiled returns.
        _sink.LoadArgument(1);
        _sink.Emit(OpCodes.Not);
        _sink.Emit(OpCodes.Conv_U8);
        _sink.LoadConstant(new RegionExit(RegionExitKind.NotCompiled, 0).Bits);
        _sink.Emit(OpCodes.Or);
        _sink.Emit(OpCodes.Ret);
    }

    private void LowerBlock(GuestBlock block)
    {
        _sink.Mark(_labels[block.Number]);
        _dirty = _dirtyRegisters.AtStart(block.Number);
        _offset = block.Start;
        _constants.Clear();
        _memory.StartBlock(block);
        Enter(block);
        for (var n = 0; n < block.Instructions.Length; n++)
        {
            var i = block.Instructions[n];
            LowerInstruction(block, n, i);
            _constants.Follow(i, _offset);
            _dirty |= RegisterSet.WrittenBy(i);
            _offset += i.Length;
        }

        if (!block.Last.Traits.HasFlag(InstructionTraits.Terminator))
        {
            GoTo(block.Number + 1);
        }
    }

    /// <summary>Charges a block, or without metering, at the head of a loop, asks whether to stop.</summary>
    private void Enter(GuestBlock block)
    {
        if (_input.Costs is { } costs)
        {
            _registers.Charge(costs[block.Number], Leave(RegionExitKind.OutOfGas));
        }
        else if (_input.Module.Blocks.IsLoopHead(block.Start))
        {
            StopIfRequested(Leave(RegionExitKind.Stopped));
        }
    }

    private void LowerInstruction(GuestBlock block, int index, Instruction i)
    {
        switch (i.Family)
        {
            case InstructionFamily.Load or InstructionFamily.Store:
                _memory.Lower(block, index, () => Leave(RegionExitKind.Resume));
                break;
            case InstructionFamily.Branch:
                LowerBranch(block, i);
                break;
            case InstructionFamily.Jump:
                LowerJump(i);
                break;
            case InstructionFamily.IndirectJump when i.Opcode == Opcode.BrTable:
                LowerTableJump(block, i);
                break;
            case InstructionFamily.IndirectJump:
                LowerIndirectJump(i);
                break;
            case InstructionFamily.HostCall:
                LowerHostCall(i);
                break;
            case InstructionFamily.Trap or InstructionFamily.Illegal:
                _sink.Branch(OpCodes.Br, Leave(RegionExitKind.Panic));
                break;
            default:
                _instructions.Lower(i, _offset, Rotations.MayBeTested(block, index, _input.Costs is not null));
                if (i.Opcode == Opcode.Fallthrough)
                {
                    GoTo(block.Number + 1);
                }

                break;
        }
    }
}

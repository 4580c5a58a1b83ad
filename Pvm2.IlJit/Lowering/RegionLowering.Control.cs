using System.Reflection.Emit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Portable;

namespace Pvm2.IlJit.Lowering;

/// <content>Jumps, and ways out of the region.</content>
internal sealed partial class RegionLowering
{
    /// <summary>Up to this many blocks of other regions have a way out each, where a <c>br_table</c> goes to them.</summary>
    private const int MostSeparateTransfers = 4;

    private void LowerBranch(GuestBlock block, Instruction i)
    {
        var target = _input.Module.Blocks.IndexOf(_offset + (uint)i.Immediate);
        var label = target < 0 ? Leave(RegionExitKind.Panic) : LabelOf(target);
        _registers.Load(i.Rs1);
        _registers.Load(i.Rs2);
        _sink.Branch(
            i.Opcode switch
            {
                Opcode.Beq => OpCodes.Beq,
                Opcode.Bne => OpCodes.Bne_Un,
                Opcode.Blt => OpCodes.Blt,
                Opcode.Bge => OpCodes.Bge,
                Opcode.Bltu => OpCodes.Blt_Un,
                _ => OpCodes.Bge_Un,
            },
            label);
        GoTo(block.Number + 1);
    }

    private void LowerJump(Instruction i)
    {
        var target = _input.Module.Blocks.IndexOf(_offset + (uint)i.Immediate);
        if (target < 0)
        {
            _sink.Branch(OpCodes.Br, Leave(RegionExitKind.Panic));
            return;
        }

        Link(i);
        _dirty |= RegisterSet.WrittenBy(i);
        GoTo(target);
    }

    /// <summary>br_table: index = ((rs1 − 1) >> 1) as 32 bits; beyond the table the next instruction.</summary>
    private void LowerTableJump(GuestBlock block, Instruction i)
    {
        StopIndirectJump();
        var table = _input.Module.Program.JumpTables[i.Immediate];
        if (table.Length > BlockFlow.LongestSwitch)
        {
            JumpThroughMemory(i, table.Length);
        }
        else if (table.Length != 0)
        {
            var blocks = table.ToArray().Select(offset => _input.Module.Blocks.IndexOf(offset)).ToArray();
            Switch(block, i, blocks);
        }

        GoTo(block.Number + 1);
    }

    /// <summary>
    /// Goes to one of the blocks of a table. A few that are in other regions have ways out of their own; if they are
    /// many, one for all looks the target up once more.
    /// </summary>
    private void Switch(GuestBlock block, Instruction i, int[] targets)
    {
        LoadTableIndex(i);
        if (targets.Where(target => !_labels.ContainsKey(target)).Distinct().Count() <= MostSeparateTransfers)
        {
            _sink.Switch([.. targets.Select(LabelOf)]);
            return;
        }

        var index = _sink.DeclareLocal(typeof(uint));
        var elsewhere = _sink.DefineLabel();
        _sink.StoreLocal(index);
        _sink.LoadLocal(index);
        _sink.Switch([.. targets.Select(target => _labels.TryGetValue(target, out var label) ? label : elsewhere)]);
        _sink.Branch(OpCodes.Br, LabelOf(block.Number + 1));
        _sink.Mark(elsewhere);
        TransferThroughMemory(i, index);
    }

    private void LoadTableIndex(Instruction i)
    {
        _registers.Load(i.Rs1);
        _sink.LoadConstant(1);
        _sink.Emit(OpCodes.Sub);
        _sink.LoadInt32(1);
        _sink.Emit(OpCodes.Shr_Un);
        _sink.Emit(OpCodes.Conv_U4);
    }

    /// <summary>Looks a target up in the table that the context has; nothing happens beyond its end.</summary>
    private void JumpThroughMemory(Instruction i, int length)
    {
        var index = _sink.DeclareLocal(typeof(uint));
        var beyond = _sink.DefineLabel();
        LoadTableIndex(i);
        _sink.StoreLocal(index);
        _sink.LoadLocal(index);
        _sink.LoadInt32(length);
        _sink.Branch(OpCodes.Bge_Un, beyond);
        TransferThroughMemory(i, index);
        _sink.Mark(beyond);
    }

    /// <summary>Goes to the block that an entry of a table names, in whichever region it is.</summary>
    private void TransferThroughMemory(Instruction i, int index)
    {
        var first = _input.Module.Program.JumpTables.Boundaries.Span[i.Immediate];
        LoadFromArray(PortableContext.TableBlocksOffset, first, () =>
        {
            _sink.LoadLocal(index);
            _sink.Emit(OpCodes.Conv_U);
        });
        _exits.EmitDynamicTransfer(_region.Number, _dispatch, _dirty);
    }

    /// <summary>jalr: the target must be a block start; if not, the interpreter finds that out.</summary>
    private void LowerIndirectJump(Instruction i)
    {
        var interpret = Leave(RegionExitKind.Resume);
        StopIndirectJump();
        var offset = _sink.DeclareLocal(typeof(long));
        var block = _sink.DeclareLocal(typeof(int));
        _registers.Load(i.Rs1);
        _sink.LoadConstant(i.Immediate);
        _sink.Emit(OpCodes.Add);
        _sink.LoadConstant(~1L);
        _sink.Emit(OpCodes.And);
        _sink.LoadConstant(_codeBase);
        _sink.Emit(OpCodes.Sub);
        _sink.StoreLocal(offset);
        _sink.LoadLocal(offset);
        _sink.LoadConstant(_input.Module.Program.Code.Length);
        _sink.Branch(OpCodes.Bge_Un, interpret);
        LoadFromArray(PortableContext.BlockAtHalfwordOffset, 0, () =>
        {
            _sink.LoadLocal(offset);
            _sink.LoadInt32(1);
            _sink.Emit(OpCodes.Shr_Un);
            _sink.Emit(OpCodes.Conv_U);
        });
        _sink.StoreLocal(block);
        _sink.LoadLocal(block);
        _sink.LoadInt32(0);
        _sink.Branch(OpCodes.Blt, interpret);
        Link(i);
        _sink.LoadLocal(block);
        _exits.EmitDynamicTransfer(_region.Number, _dispatch, _dirty | RegisterSet.WrittenBy(i));
    }

    /// <summary>Pushes an <c>int</c> of an array that the context points to.</summary>
    private void LoadFromArray(int contextOffset, uint first, Action loadIndex)
    {
        _registers.LoadState(ExecutionState.TierContextOffset, OpCodes.Ldind_I);
        _sink.LoadInt32(contextOffset);
        _sink.Emit(OpCodes.Add);
        _sink.Emit(OpCodes.Ldind_I);
        loadIndex();
        _sink.LoadConstant(first);
        _sink.Emit(OpCodes.Conv_I);
        _sink.Emit(OpCodes.Add);
        _sink.LoadInt32(sizeof(int));
        _sink.Emit(OpCodes.Mul);
        _sink.Emit(OpCodes.Add);
        _sink.Emit(OpCodes.Ldind_I4);
    }

    private void LowerHostCall(Instruction i)
    {
        var next = _codeBase + _offset + i.Length;
        var exit = i.Opcode == Opcode.Ecalli
            ? new RegionExit(RegionExitKind.HostCall, next, i.Immediate)
            : new RegionExit(RegionExitKind.ManagementCall, next);
        _sink.Branch(OpCodes.Br, _exits.Return(exit, _dirty));
    }

    /// <summary>Writes the address of the next instruction to the register that the jump names.</summary>
    private void Link(Instruction i) => _instructions.Constant(i.Rd, (long)(ulong)(_codeBase + _offset + i.Length));

    /// <summary>Without metering a loop may go through indirect jumps alone, so each of them asks whether to stop.</summary>
    private void StopIndirectJump()
    {
        if (_input.Costs is null)
        {
            StopIfRequested(Leave(RegionExitKind.Resume));
        }
    }

    private void StopIfRequested(CodeLabel leave)
    {
        // Volatile, so that the question is not asked once before a loop.
        _registers.LoadState(ExecutionState.StopRequestedOffset, OpCodes.Volatile);
        _sink.Emit(OpCodes.Ldind_I4);
        _sink.Branch(OpCodes.Brtrue, leave);
    }

    /// <summary>
    /// A way out at this instruction that is seldom taken. It stores all that the region writes, so that all such
    /// ways share the end.
    /// </summary>
    private CodeLabel Leave(RegionExitKind kind) =>
        _exits.Return(new RegionExit(kind, _codeBase + _offset), _code.Written);

    /// <summary>Goes on at a block; the number of all blocks stands for the end of the code.</summary>
    private void GoTo(int block)
    {
        if (block != _next)
        {
            _sink.Branch(OpCodes.Br, LabelOf(block));
        }
    }

    private CodeLabel LabelOf(int block)
    {
        if (_labels.TryGetValue(block, out var label))
        {
            return label;
        }

        return block < _input.Module.Blocks.Count
            ? _exits.Transfer(block, _dirty)
            : _exits.Return(
                new RegionExit(RegionExitKind.Panic, _codeBase + (uint)_input.Module.Program.Code.Length), _code.Written);
    }
}

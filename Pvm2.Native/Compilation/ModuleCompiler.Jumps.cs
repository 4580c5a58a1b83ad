using System.Runtime.InteropServices;
using Pvm2.Native.Code;
using Pvm2.Native.Lowering;
using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Compilation;

/// <content>Branches and jumps.</content>
internal sealed partial class ModuleCompiler
{
    private const int AllBlockStarts = -1;

    /// <summary>
    /// Up to this many targets of a <c>br_table</c> are compared with one by one. That is how most functions return, and
    /// a conditional jump costs less than an indirect one. With eight the guest <c>interpreter</c> lost.
    /// </summary>
    private const int MostComparedTargets = 4;

    private void EmitBranch(Instruction i, uint offset)
    {
        var condition = _lowering.Compare(i);
        var target = offset + (uint)i.Immediate;
        var block = _blocks.IndexOf(target);
        if (block < 0)
        {
            _buffers.ColdExits.Add(new ColdExit(_code.Jump(condition), ExitKind.Panic, _codeBase + offset));
        }
        else
        {
            Aim(_code.Jump(condition), block);
        }
    }

    private void EmitJump(Instruction i, uint offset)
    {
        var target = offset + (uint)i.Immediate;
        var block = _blocks.IndexOf(target);
        if (block < 0)
        {
            EmitExit(ExitKind.Panic, _codeBase + offset);
            return;
        }

        _lowering.Link(i.Rd, _codeBase + offset + i.Length);
        if (target != offset + i.Length)
        {
            Aim(_code.Jump(), block);
        }
    }

    /// <summary>Makes an emitted jump lead to a block, in the end.</summary>
    /// <param name="displacement">Position of the jump's displacement.</param>
    /// <param name="block">The block; the number of blocks stands for the end of the code.</param>
    /// <remarks>
    /// Jumps back could be aimed at once. But half of all jumps go each way, and not to ask which saves more than it
    /// costs to come back to them.
    /// </remarks>
    private void Aim(int displacement, int block) => _buffers.Jumps.Add(new BlockJump(displacement, block));

    /// <summary>br_table: index = ((rs1 − 1) >> 1) as 32 bits; beyond the table the next instruction.</summary>
    private void EmitTableJump(Instruction i, uint offset)
    {
        var table = _program.JumpTables[i.Immediate];
        if (table.IsEmpty)
        {
            return;
        }

        var handle = _lowering.InRegister(i.Rs1, RegisterMap.SecondScratch);
        _code.LoadAddress(wide: true, RegisterMap.Scratch, handle, -1);
        _code.Shift(ShiftOperation.RightLogical, wide: true, RegisterMap.Scratch, 1);
        var next = offset + i.Length;
        var beyond = next == (uint)_codeLength ? _blocks.Count : _blocks.IndexOf(next);
        var isCompared = table.Length <= MostComparedTargets;
        if (!isCompared || !_isMetered)
        {
            // Only a jump that is made may stop the run.
            _code.Alu(AluOperation.Compare, wide: false, RegisterMap.Scratch, table.Length);
            Aim(_code.Jump(Condition.AboveOrEqual), beyond);
            EmitStopCheckAtIndirectJump(offset);
        }

        if (isCompared)
        {
            EmitComparedJumps(table, beyond);
            return;
        }

        _code.Move32(RegisterMap.Scratch, RegisterMap.Scratch);
        _buffers.TableReferences.Add(new TableReference(_code.LoadAddressOfLabel(RegisterMap.SecondScratch), i.Immediate));
        _code.JumpThroughTable(RegisterMap.SecondScratch, RegisterMap.Scratch);
    }

    /// <summary>Jumps to the target of the index. The last one is tested the other way round, which is faster.</summary>
    private void EmitComparedJumps(ReadOnlySpan<uint> table, int beyond)
    {
        var last = table.Length - 1;
        for (var index = 0; index < last; index++)
        {
            _code.Alu(AluOperation.Compare, wide: false, RegisterMap.Scratch, index);
            Aim(_code.Jump(Condition.Equal), _blocks.IndexOf(table[index]));
        }

        _code.Alu(AluOperation.Compare, wide: false, RegisterMap.Scratch, last);
        Aim(_code.Jump(Condition.NotEqual), beyond);
        Aim(_code.Jump(), _blocks.IndexOf(table[last]));
    }

    /// <summary>jalr: the target must be a block start, and rd is written only if it is.</summary>
    private void EmitRegisterJump(Instruction i, uint offset)
    {
        var programCounter = _codeBase + offset;
        var source = _lowering.InRegister(i.Rs1, RegisterMap.SecondScratch);
        _code.LoadAddress(wide: true, RegisterMap.Scratch, source, i.Immediate - (int)_codeBase);
        _code.Alu(AluOperation.Compare, wide: true, RegisterMap.Scratch, _codeLength);
        _buffers.ColdExits.Add(new ColdExit(_code.Jump(Condition.AboveOrEqual), ExitKind.Panic, programCounter));

        // The shift drops the lowest bit, which jalr clears.
        _code.Shift(ShiftOperation.RightLogical, wide: false, RegisterMap.Scratch, 1);
        _buffers.TableReferences.Add(new TableReference(_code.LoadAddressOfLabel(RegisterMap.SecondScratch), AllBlockStarts));
        _code.LoadTableEntry32(RegisterMap.Scratch, RegisterMap.SecondScratch, RegisterMap.Scratch);
        _code.Test(wide: false, RegisterMap.Scratch, RegisterMap.Scratch);
        _buffers.ColdExits.Add(new ColdExit(_code.Jump(Condition.Equal), ExitKind.Panic, programCounter));
        _code.Alu(AluOperation.Add, wide: true, RegisterMap.Scratch, RegisterMap.SecondScratch);
        EmitStopCheckAtIndirectJump(offset);
        _lowering.Link(i.Rd, programCounter + i.Length);
        _code.JumpTo(RegisterMap.Scratch);
    }

    /// <summary>In code without gas: leaves before an indirect jump is made. It may use rdx.</summary>
    private void EmitStopCheckAtIndirectJump(uint offset)
    {
        if (!_isMetered)
        {
            EmitStopQuestion();
            _buffers.ColdExits.Add(
                new ColdExit(_code.Jump(Condition.NotEqual), ExitKind.StoppedAtIndirectJump, _codeBase + offset));
        }
    }

    private void EmitStopQuestion()
    {
        _code.Move(RegisterMap.SecondScratch, Frame.State);
        _code.CompareHost32(RegisterMap.SecondScratch, Runtime.Execution.ExecutionState.StopRequestedOffset, 0);
    }

    private void EmitColdExits()
    {
        foreach (var exit in _buffers.ColdExits)
        {
            _code.EnsureRoom(MaxInstructionBytes);
            _code.Link(exit.Displacement, _code.Position);
            _code.MoveImmediate(RegisterMap.SecondScratch, exit.ProgramCounter);
            _code.Jump(_stubs[exit.Kind]);
        }
    }

    private void LinkJumps()
    {
        foreach (ref readonly var jump in CollectionsMarshal.AsSpan(_buffers.Jumps))
        {
            _code.Link(jump.Displacement, _blockPositions[jump.Block]);
        }
    }

    /// <summary>The tables of targets: all block starts for <c>jalr</c>, and one for each jump table in use.</summary>
    private List<TargetTable> EmitTables()
    {
        var tables = new List<TargetTable>();
        var places = new int[_program.JumpTables.Count + 1];
        _code.EnsureRoom(MaxInstructionBytes);
        _code.Align(sizeof(ulong));
        foreach (var reference in CollectionsMarshal.AsSpan(_buffers.TableReferences))
        {
            ref var place = ref places[reference.Table - AllBlockStarts];
            if (place == 0)
            {
                place = EmitTable(reference.Table, tables);
            }

            _code.Link(reference.Displacement, place);
        }

        return tables;
    }

    private int EmitTable(int table, List<TargetTable> tables)
    {
        _code.EnsureRoom(MaxInstructionBytes);
        _code.Align(sizeof(ulong));
        var place = _code.Position;
        if (table == AllBlockStarts)
        {
            EmitBlockStartTable(place);
        }
        else
        {
            tables.Add(EmitJumpTable(place, _program.JumpTables[table]));
        }

        return place;
    }

    /// <summary>For each halfword of code the distance from the table to the block there; zero where none starts.</summary>
    private void EmitBlockStartTable(int place)
    {
        var entries = MemoryMarshal.Cast<byte, int>(_code.Reserve((_codeLength + 1) / 2 * sizeof(int)));
        entries.Clear();
        var starts = _blocks.Starts;
        for (var block = 0; block < starts.Length; block++)
        {
            entries[(int)(starts[block] >> 1)] = _blockPositions[block] - place;
        }
    }

    private TargetTable EmitJumpTable(int place, ReadOnlySpan<uint> targets)
    {
        var entries = MemoryMarshal.Cast<byte, long>(_code.Reserve(targets.Length * (long)sizeof(long)));
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = _map.PositionOf(targets[i]);
        }

        return new TargetTable(place, targets.Length);
    }
}

using Pvm2.Native.Code;
using Pvm2.Native.Lowering;
using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Compilation;

/// <content>Branches and jumps.</content>
internal sealed partial class ModuleCompiler
{
    private const int AllBlockStarts = -1;

    private void EmitBranch(in Instruction i, uint offset)
    {
        var condition = _lowering.Compare(i);
        var target = offset + (uint)i.Immediate;
        if (!_blocks.IsStart(target))
        {
            _coldExits.Add(new ColdExit(_code.Jump(condition), ExitKind.Panic, _codeBase + offset));
            return;
        }

        EmitJumpTo(target, offset, _code.Jump(condition));
    }

    private void EmitJump(in Instruction i, uint offset)
    {
        var target = offset + (uint)i.Immediate;
        if (!_blocks.IsStart(target))
        {
            EmitExit(ExitKind.Panic, _codeBase + offset);
            return;
        }

        _lowering.Link(i.Rd, _codeBase + offset + i.Length);
        if (target != offset + i.Length)
        {
            EmitJumpTo(target, offset, _code.Jump());
        }
    }

    /// <summary>Makes an emitted jump lead to a block, past a question whether to stop where that is needed.</summary>
    private void EmitJumpTo(uint target, uint offset, int displacement)
    {
        if (target > offset)
        {
            _pendingJumps.Add(new PendingJump(displacement, target));
        }
        else if (IsMetered)
        {
            _code.Link(displacement, PositionOf(target));
        }
        else
        {
            _stopChecks.Add(new StopCheck(displacement, target));
        }
    }

    /// <summary>br_table: index = ((rs1 − 1) >> 1) as 32 bits; beyond the table the next instruction.</summary>
    private void EmitTableJump(in Instruction i, uint offset)
    {
        var size = _module.Program.JumpTables[i.Immediate].Length;
        if (size == 0)
        {
            return;
        }

        var handle = _lowering.InRegister(i.Rs1, RegisterMap.SecondScratch);
        _code.LoadAddress(wide: true, RegisterMap.Scratch, handle, -1);
        _code.Shift(ShiftOperation.RightLogical, wide: true, RegisterMap.Scratch, 1);
        _code.Alu(AluOperation.Compare, wide: false, RegisterMap.Scratch, size);
        _pendingJumps.Add(new PendingJump(_code.Jump(Condition.AboveOrEqual), offset + i.Length));
        EmitStopCheckAtIndirectJump(offset);
        _code.Move32(RegisterMap.Scratch, RegisterMap.Scratch);
        _tableReferences.Add(new TableReference(_code.LoadAddressOfLabel(RegisterMap.SecondScratch), i.Immediate));
        _code.JumpThroughTable(RegisterMap.SecondScratch, RegisterMap.Scratch);
    }

    /// <summary>jalr: the target must be a block start, and rd is written only if it is.</summary>
    private void EmitRegisterJump(in Instruction i, uint offset)
    {
        var programCounter = _codeBase + offset;
        var source = _lowering.InRegister(i.Rs1, RegisterMap.SecondScratch);
        _code.LoadAddress(wide: true, RegisterMap.Scratch, source, i.Immediate - (int)_codeBase);
        _code.Alu(AluOperation.Compare, wide: true, RegisterMap.Scratch, _codeLength);
        _coldExits.Add(new ColdExit(_code.Jump(Condition.AboveOrEqual), ExitKind.Panic, programCounter));

        // The shift drops the lowest bit, which jalr clears.
        _code.Shift(ShiftOperation.RightLogical, wide: false, RegisterMap.Scratch, 1);
        _tableReferences.Add(new TableReference(_code.LoadAddressOfLabel(RegisterMap.SecondScratch), AllBlockStarts));
        _code.LoadTableEntry32(RegisterMap.Scratch, RegisterMap.SecondScratch, RegisterMap.Scratch);
        _code.Test(wide: false, RegisterMap.Scratch, RegisterMap.Scratch);
        _coldExits.Add(new ColdExit(_code.Jump(Condition.Equal), ExitKind.Panic, programCounter));
        _code.Alu(AluOperation.Add, wide: true, RegisterMap.Scratch, RegisterMap.SecondScratch);
        EmitStopCheckAtIndirectJump(offset);
        _lowering.Link(i.Rd, programCounter + i.Length);
        _code.JumpTo(RegisterMap.Scratch);
    }

    /// <summary>In code without gas: leaves before an indirect jump is made. It may use rdx.</summary>
    private void EmitStopCheckAtIndirectJump(uint offset)
    {
        if (!IsMetered)
        {
            EmitStopQuestion();
            _coldExits.Add(
                new ColdExit(_code.Jump(Condition.NotEqual), ExitKind.StoppedAtIndirectJump, _codeBase + offset));
        }
    }

    private void EmitStopQuestion()
    {
        _code.Move(RegisterMap.SecondScratch, Frame.State);
        _code.CompareHost32(RegisterMap.SecondScratch, Runtime.Execution.ExecutionState.StopRequestedOffset, 0);
    }

    private void EmitStopChecks()
    {
        foreach (var check in _stopChecks)
        {
            _code.EnsureRoom(MaxInstructionBytes);
            _code.Link(check.Displacement, _code.Position);
            EmitStopQuestion();
            _code.Jump(Condition.Equal, PositionOf(check.Target));
            EmitExit(ExitKind.Stopped, _codeBase + check.Target);
        }
    }

    private void EmitColdExits()
    {
        foreach (var exit in _coldExits)
        {
            _code.EnsureRoom(MaxInstructionBytes);
            _code.Link(exit.Displacement, _code.Position);
            _code.MoveImmediate(RegisterMap.SecondScratch, exit.ProgramCounter);
            _code.Jump(_stubs[exit.Kind]);
        }
    }

    private void LinkJumps()
    {
        foreach (var jump in _pendingJumps)
        {
            _code.Link(jump.Displacement, PositionOf(jump.Target));
        }
    }

    /// <summary>The tables of targets: all block starts for <c>jalr</c>, and one for each jump table in use.</summary>
    private List<TargetTable> EmitTables()
    {
        var tables = new List<TargetTable>();
        var places = new Dictionary<int, int>();
        _code.Align(sizeof(ulong));
        foreach (var reference in _tableReferences)
        {
            if (!places.TryGetValue(reference.Table, out var place))
            {
                _code.EnsureRoom(sizeof(ulong));
                _code.Align(sizeof(ulong));
                place = _code.Position;
                places.Add(reference.Table, place);
                if (reference.Table == AllBlockStarts)
                {
                    EmitBlockStartTable(place);
                }
                else
                {
                    tables.Add(EmitJumpTable(place, _module.Program.JumpTables[reference.Table]));
                }
            }

            _code.Link(reference.Displacement, place);
        }

        return tables;
    }

    /// <summary>For each halfword of code the distance from the table to the block there; zero where none starts.</summary>
    private void EmitBlockStartTable(int place)
    {
        _code.EnsureRoom((_codeLength + 2) * 2);
        for (var offset = 0u; offset < _codeLength; offset += 2)
        {
            _code.Data(_blocks.IsStart(offset) ? PositionOf(offset) - place : 0);
        }
    }

    private TargetTable EmitJumpTable(int place, ReadOnlySpan<uint> entries)
    {
        _code.EnsureRoom((entries.Length + 1) * sizeof(ulong));
        foreach (var entry in entries)
        {
            _code.Data((ulong)PositionOf(entry));
        }

        return new TargetTable(place, entries.Length);
    }

    private int PositionOf(uint offset) => _positions[offset >> 1];
}

using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.Generation;

/// <summary>How blocks end.</summary>
internal sealed partial class FlowGenerator
{
    // Handles are loaded with one instruction.
    private const int MaxHandles = 1000;

    // More would be too long for branches across them.
    private const int MaxChain = 4;

    /// <summary>Ends a block that is not the last of its function.</summary>
    private void EmitEnd(FlowFunction function, int block)
    {
        var roll = _random.Below(1000);
        if (roll < _options.EndsPerThousand)
        {
            EmitFinal();
            return;
        }

        if (_random.Below(1000) < _options.HostCallsPerThousand)
        {
            _builder.Emit(_random.Chance(1, 12)
                ? Encoder.Make(Opcode.EcallJar)
                : Encoder.Make(Opcode.Ecalli, immediate: _random.Between(-2048, 2047)));
            return;
        }

        switch (_random.Below(20))
        {
            case <= 6:
                EmitBranch(function, block);
                break;
            case 7 or 8:
                EmitJump(function, block);
                break;
            case <= 11 when !function.IsLeaf:
                EmitCall();
                break;
            case <= 13:
                EmitSwitch(function);
                break;
            case 14:
                EmitSelfLoop();
                break;
            case 15 when _random.Chance(1, 3):
                EmitReturn(function);
                break;
            default:
                _builder.Emit(Encoder.Make(Opcode.Fallthrough));
                break;
        }
    }

    /// <summary>A branch to any block of the function; back only while there is fuel.</summary>
    private void EmitBranch(FlowFunction function, int block)
    {
        var target = Target(function, block);
        var branch = _steps.Branch();
        if (target <= block && !_options.IsUnbounded)
        {
            Emit(Opcode.Addi, _registers.Fuel, _registers.Fuel, 0, -1);
            branch = Encoder.Make(Opcode.Blt, rs1: 0, rs2: _registers.Fuel);
        }

        _builder.EmitTo(function.Labels[target], branch, _random.Chance(1, 2));
    }

    private void EmitJump(FlowFunction function, int block)
    {
        var target = _options.IsUnbounded ? Target(function, block) : _random.Between(block + 1, function.Labels.Length - 1);
        var link = _random.Chance(1, 6) ? _registers.Data.Pick(_random) : 0;
        _builder.EmitTo(function.Labels[target], Encoder.Make(Opcode.Jal, link), _random.Chance(1, 2));
    }

    private int Target(FlowFunction function, int block) => _random.Chance(2, 3)
        ? _random.Between(Math.Min(block + 1, function.Labels.Length - 1), Math.Min(block + 4, function.Labels.Length - 1))
        : _random.Below(function.Labels.Length);

    /// <summary>Goes past what follows, up to a label, where there is no fuel left.</summary>
    private void EmitFuelCheck(int without)
    {
        Emit(Opcode.Addi, _registers.Fuel, _registers.Fuel, 0, -1);
        _builder.EmitTo(without, Encoder.Make(Opcode.Bge, rs1: 0, rs2: _registers.Fuel));
    }

    /// <summary>A call while there is fuel: of one function, or by handle of one of several.</summary>
    private void EmitCall()
    {
        var after = _builder.NewLabel();
        EmitFuelCheck(after);
        if (_random.Chance(1, 4) && (!IsStatic || _options.SharesReturns))
        {
            var some = Enumerable.Range(0, _random.Between(1, 8)).Select(_ => _random.Pick<FlowFunction>([.. _functions]).Entry);
            EmitCallByHandle([.. some], after);
        }
        else
        {
            EmitDirectCall(_functions[_random.Below(_functions.Count)], after);
        }

        _builder.Mark(after);
    }

    private void EmitDirectCall(FlowFunction callee, int after)
    {
        var returns = callee.Table == _sharedTable ? _sharedReturns : callee.Returns;
        if (!IsStatic)
        {
            EmitXjarCall(callee);
        }
        else if (returns.Count < MaxHandles)
        {
            returns.Add(after);
            Emit(Opcode.Addi, _registers.Link, 0, 0, (2 * (returns.Count - 1)) + 1);
            _builder.EmitTo(callee.Entry, Encoder.Make(Opcode.Jal));
        }
        else
        {
            _builder.Emit(Encoder.Make(Opcode.Fallthrough));
        }
    }

    private void EmitXjarCall(FlowFunction callee)
    {
        if (_random.Chance(1, 2))
        {
            _builder.EmitTo(callee.Entry, Encoder.Make(Opcode.Jal, _registers.Link));
            return;
        }

        var origin = _builder.NewLabelHere();
        var far = _builder.NewLabel();
        _builder.Emit(Encoder.Make(Opcode.Auipc, _registers.Scratch));

        // Beyond the reach of the jump there is an island behind it.
        _builder.EmitDistance(origin, far, _random.Below(2), Encoder.Make(Opcode.Jalr, _registers.Link, _registers.Scratch));
        var after = _builder.NewLabel();
        _builder.EmitTo(after, Encoder.Make(Opcode.Jal), _random.Chance(1, 2));
        _builder.Mark(far);
        _builder.EmitTo(callee.Entry, Encoder.Make(Opcode.Jal));
        _builder.Mark(after);
    }

    /// <summary>Calls one of several functions, or none, as the choice says.</summary>
    private void EmitCallByHandle(IReadOnlyList<int> entries, int after)
    {
        if (IsStatic)
        {
            // Functions with a table of their own each know this call as their first.
            var handle = _options.SharesReturns ? _sharedReturns.Count : 0;
            _sharedReturns.Add(after);
            if (!_options.SharesReturns)
            {
                _functions.ForEach(function => function.Returns.Add(after));
            }

            EmitConstant(_registers.Link, (2 * handle) + 1);
            EmitTable(entries, 0);
            _builder.EmitTo(after, Encoder.Make(Opcode.Jal), _random.Chance(1, 2));
        }
        else
        {
            EmitTable(entries, _registers.Link);
        }
    }

    /// <summary>A switch while there is fuel: to blocks of the function, or to any if tables are wild; some lead to more switches.</summary>
    private void EmitSwitch(FlowFunction function)
    {
        var after = _builder.NewLabel();
        EmitFuelCheck(after);
        var pool = _options.HasWildTables && _random.Chance(1, 2) ? [.. _allBlocks] : function.Labels;
        var size = _random.Chance(1, 12) ? _random.Between(pool.Length / 2, pool.Length) : _random.Below(9);
        var targets = new List<int>();
        for (var i = 0; i < size; i++)
        {
            targets.Add(size > 8 ? pool[i] : _random.Pick<int>(pool));
        }

        // A chain: one of the ways leads to another table of the same places.
        for (var depth = _random.Chance(1, 4) ? _random.Between(1, MaxChain) : 0; depth > 0; depth--)
        {
            var more = _builder.NewLabel();
            EmitTable([.. targets, more], 0);
            _builder.EmitTo(after, Encoder.Make(Opcode.Jal), _random.Chance(1, 2));
            _builder.Mark(more);
        }

        EmitTable(targets, 0);
        _builder.Mark(after);
    }

    /// <summary>Goes to one of the targets, or on to the next instruction, as the choice says.</summary>
    private void EmitTable(IReadOnlyList<int> targets, int link)
    {
        var bits = 1;
        while ((1 << bits) < targets.Count && bits < MaxChoiceBits)
        {
            bits++;
        }

        EmitChoice(bits);
        if (IsStatic)
        {
            Emit(Opcode.Ori, _registers.Scratch, _registers.Scratch, 0, 1);
            _builder.Emit(Encoder.Make(Opcode.BrTable, rs1: _registers.Scratch, immediate: _builder.AddTable(targets)));
        }
        else
        {
            EmitJumpThroughMemory(targets, bits, link);
        }
    }

    /// <summary>Jumps to an address from read-only data, where all that the choice can name is filled in.</summary>
    private void EmitJumpThroughMemory(IReadOnlyList<int> targets, int bits, int link)
    {
        var room = ((int)_layout.ReadOnlyData.Size / sizeof(uint)) - _addresses.Count;
        if (targets.Count == 0 || room < 1 << bits)
        {
            _builder.Emit(Encoder.Make(Opcode.Fallthrough));
            return;
        }

        // The choice is an odd number of one bit more here as well.
        Emit(Opcode.Srli, _registers.Scratch, _registers.Scratch, 0, 1);
        var table = _registers.Link;
        var address = _layout.ReadOnlyData.Address + (uint)(sizeof(uint) * _addresses.Count);
        if (link == 0)
        {
            table = _registers.Data.Pick(_random);
        }

        EmitAddress(table, address);
        Emit(Opcode.Sh2add, _registers.Scratch, _registers.Scratch, table);
        _builder.Emit(Encoder.Make(Opcode.Lwu, _registers.Scratch, _registers.Scratch));
        _builder.Emit(Encoder.Make(Opcode.Jalr, link, _registers.Scratch), _random.Chance(1, 2));
        for (var i = 0; i < 1 << bits; i++)
        {
            _addresses.Add(targets[i % targets.Count]);
        }
    }

    /// <summary>Moves the choice on and takes its highest bits, and one more, to the scratch register.</summary>
    private void EmitChoice(int bits)
    {
        var (choice, scratch) = (_registers.Choice, _registers.Scratch);
        Emit(Opcode.Slli, scratch, choice, 0, 13);
        Emit(Opcode.Xor, choice, choice, scratch);
        Emit(Opcode.Srli, scratch, choice, 0, 7);
        Emit(Opcode.Xor, choice, choice, scratch);
        Emit(Opcode.Addi, choice, choice, 0, 1531);
        Emit(Opcode.Srli, scratch, choice, 0, 64 - bits - 1);
    }

    /// <summary>A block that jumps to itself: a few times, never, or in some programs for ever.</summary>
    private void EmitSelfLoop()
    {
        var counter = _registers.Scratch;
        Emit(Opcode.Addi, counter, 0, 0, _random.Between(1, 12));
        _builder.Emit(Encoder.Make(Opcode.Fallthrough));
        var self = _builder.NewLabelHere();
        switch (_random.Below(_options.IsUnbounded ? 24 : 20))
        {
            case 0:
                _builder.EmitTo(self, Encoder.Make(Opcode.Bne, rs1: counter, rs2: counter));
                break;
            case 20:
                _builder.EmitTo(self, Encoder.Make(Opcode.Jal), _random.Chance(1, 2));
                break;
            case 21:
                _builder.EmitTo(self, Encoder.Make(Opcode.Beq));
                break;
            default:
                Emit(_steps.Straight(_registers.Data));
                Emit(Opcode.Addi, counter, counter, 0, -1);
                _builder.EmitTo(self, Encoder.Make(Opcode.Bne, rs1: counter), _random.Chance(1, 2));
                break;
        }
    }

    private void EmitReturn(FlowFunction function)
    {
        if (!function.IsLeaf)
        {
            Emit(Opcode.Ld, _registers.Link, _registers.Stack);
            Emit(Opcode.Addi, _registers.Stack, _registers.Stack, 0, FrameSize);
        }

        _builder.Emit(IsStatic
            ? Encoder.Make(Opcode.BrTable, rs1: _registers.Link, immediate: function.Table)
            : Encoder.Make(Opcode.Jalr, rs1: _registers.Link), !IsStatic && _random.Chance(1, 2));
    }

    /// <summary>What ends a run, one way or another. A block starts behind it.</summary>
    private void EmitFinal()
    {
        switch (_random.Below(IsStatic ? 3 : 8))
        {
            case 0:
                _builder.Emit(Encoder.Make(Opcode.Trap));
                break;
            case 1 or 2:
                _builder.Emit(Encoder.Make(Opcode.Ecalli));
                break;
            case 3:
                _builder.EmitRaw(0, 2);
                break;
            case 4:
                // Custom-1, a funct3 of custom-0 that has no meaning, and x16 as a register.
                _builder.EmitRaw(_random.Pick<uint>([0x2B, 0x500B, 0x0008_0833, 0x0000_000B | 0x80, 0xFFFF_FFFF]), 4);
                break;
            case 5:
                _builder.Emit(Encoder.Make(_random.Chance(1, 2) ? Opcode.Ecall : Opcode.Ebreak));
                break;
            case 6:
                // To where no block starts: the midst of this very instruction, or far beyond the code.
                _builder.Emit(Encoder.Make(Opcode.Jal, immediate: _random.Chance(1, 2) ? 2 : 0x000F_FFFE));
                break;
            default:
                _builder.Emit(Encoder.Make(Opcode.Jalr, _registers.Link, _random.Pick<int>([_registers.Base, _registers.Scratch, 0]), 0, _random.Below(4)));
                break;
        }
    }
}

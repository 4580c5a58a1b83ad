using System.Diagnostics;
using System.Runtime.CompilerServices;
using Pvm2.Native.Lowering;
using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Compilation;

/// <content>Where blocks begin and end, and what entering one costs.</content>
internal sealed partial class ModuleCompiler
{
    /// <summary>
    /// Begins the next block with its charge, or without metering, at the head of a loop, with the question whether to
    /// stop. Nothing happens at the end of the code.
    /// </summary>
    private void StartBlock()
    {
        if (_block == _blocks.Count)
        {
            return;
        }

        Debug.Assert(_blocks.Starts[_block] == _offset, "Blocks are met in their order.");
        _position = _code.Position;
        _blockPositions[_block] = _position;
        var exit = BlockExits.PositionOf(_blockExits, _block);
        if (_isMetered)
        {
            _pricer.Start();
            _charge = _code.Charge(exit);
        }
        else if (_blocks.IsLoopHead(_offset))
        {
            EmitStopQuestion();
            _code.Jump(Condition.NotEqual, exit);
        }
    }

    /// <summary>Ends the current block: what it costs is known now, and is put into its charge.</summary>
    private void EndBlock()
    {
        if (_isMetered)
        {
            var cost = _pricer.Cost;
            _costs[_block] = cost;
            if (cost <= _largestCharge)
            {
                _code.PatchInt32(_charge, (int)cost);
            }
            else
            {
                _buffers.LargeCharges.Add(_block);
            }
        }

        _block++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Price(Instruction i)
    {
        if (_isMetered)
        {
            _pricer.Add(i);
        }
    }

    /// <summary>
    /// Charges of more than an instruction can take: code of their own, to which the charge at the block's start jumps.
    /// </summary>
    private void EmitLargeCharges()
    {
        foreach (var block in _buffers.LargeCharges)
        {
            _code.EnsureRoom(MaxInstructionBytes);
            var start = _blockPositions[block];
            _code.OverwriteWithJump(start, _code.Position);
            _code.MoveImmediate(RegisterMap.Scratch, unchecked((long)_costs[block]));
            _code.AluToSlot(AluOperation.Sub, Frame.Gas, RegisterMap.Scratch);
            _code.Jump(Condition.Below, BlockExits.PositionOf(_blockExits, block));
            _code.Jump(start + Assembler.ChargeBytes);
        }
    }
}

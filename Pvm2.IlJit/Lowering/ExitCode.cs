using System.Reflection.Emit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Portable;

namespace Pvm2.IlJit.Lowering;

/// <summary>
/// The ways out of a region, which stand behind its blocks. A way out is a few instructions that say where it leads,
/// and joins the others of its kind, which store the registers. <see cref="BlockSlot"/> says in which order a slot is
/// read.
/// </summary>
internal sealed class ExitCode
{
    /// <summary>How many ends there may be that store less than all; each is some fifty instructions of IL.</summary>
    private const int MostPartialEnds = 6;

    private readonly ICodeSink _sink;
    private readonly RegisterFile _registers;
    private readonly RegisterSet _written;
    private readonly Queue<Action> _pending = new();
    private readonly Dictionary<(int Target, RegisterSet Dirty), CodeLabel> _transfers = [];
    private readonly Dictionary<RegisterSet, CodeLabel> _transferEnds = [];
    private readonly Dictionary<RegisterSet, CodeLabel> _returnEnds = [];
    private int? _result;
    private int? _slot;

    /// <summary>Makes the ways out of one region.</summary>
    /// <param name="sink">Takes the code.</param>
    /// <param name="registers">Where the guest's registers are.</param>
    /// <param name="written">Those that the region writes.</param>
    internal ExitCode(ICodeSink sink, RegisterFile registers, RegisterSet written)
    {
        _sink = sink;
        _registers = registers;
        _written = written;
    }

    private int Result => _result ??= _sink.DeclareLocal(typeof(long));

    private int Slot => _slot ??= _sink.DeclareLocal(typeof(byte*));

    /// <summary>A way out that returns.</summary>
    /// <param name="exit">What is returned.</param>
    /// <param name="dirty">What is stored before.</param>
    internal CodeLabel Return(RegionExit exit, RegisterSet dirty)
    {
        var label = _sink.DefineLabel();
        _pending.Enqueue(() =>
        {
            _sink.Mark(label);
            _sink.LoadConstant(exit.Bits);
            _sink.StoreLocal(Result);
            _sink.Branch(OpCodes.Br, EndOf(_returnEnds, dirty, EmitReturn));
        });
        return label;
    }

    /// <summary>A way out to a block of another region.</summary>
    /// <param name="target">Its number.</param>
    /// <param name="dirty">What is stored before.</param>
    internal CodeLabel Transfer(int target, RegisterSet dirty)
    {
        if (_transfers.TryGetValue((target, dirty), out var known))
        {
            return known;
        }

        var label = _sink.DefineLabel();
        _transfers.Add((target, dirty), label);
        _pending.Enqueue(() =>
        {
            _sink.Mark(label);
            LoadSlots();
            _sink.LoadConstant((long)target * BlockSlot.Size);
            _sink.Emit(OpCodes.Conv_I);
            _sink.Emit(OpCodes.Add);
            _sink.StoreLocal(Slot);
            _sink.Branch(OpCodes.Br, EndOf(_transferEnds, dirty, EmitTransfer));
        });
        return label;
    }

    /// <summary>Finds the slot of a block whose number is on the stack, an <c>int</c> and not negative.</summary>
    /// <param name="region">This region's number.</param>
    /// <param name="dispatch">Where the region goes on by entry number, which is left in argument 1.</param>
    /// <param name="dirty">What is stored if the block is in another region.</param>
    internal void EmitDynamicTransfer(int region, CodeLabel dispatch, RegisterSet dirty)
    {
        var elsewhere = _sink.DefineLabel();
        _sink.Emit(OpCodes.Conv_I);
        _sink.LoadInt32(BlockSlot.Size);
        _sink.Emit(OpCodes.Mul);
        LoadSlots();
        _sink.Emit(OpCodes.Add);
        _sink.StoreLocal(Slot);
        LoadFromSlot(BlockSlot.RegionOffset, OpCodes.Volatile);
        _sink.Emit(OpCodes.Ldind_I4);
        _sink.LoadInt32(region);
        _sink.Branch(OpCodes.Bne_Un, elsewhere);
        LoadFromSlot(BlockSlot.EntryOffset, OpCodes.Ldind_I4);
        _sink.StoreArgument(1);
        _sink.Branch(OpCodes.Br, dispatch);
        _sink.Mark(elsewhere);
        _sink.Branch(OpCodes.Br, EndOf(_transferEnds, dirty, EmitTransfer));
    }

    /// <summary>Emits all ways out that were asked for.</summary>
    internal void Finish()
    {
        while (_pending.TryDequeue(out var emit))
        {
            emit();
        }
    }

    private CodeLabel EndOf(Dictionary<RegisterSet, CodeLabel> ends, RegisterSet dirty, Action<RegisterSet> emit)
    {
        if (ends.Count >= MostPartialEnds && !ends.ContainsKey(dirty))
        {
            // What is not dirty has the value that the state has, so storing it does no harm.
            dirty = _written;
        }

        if (!ends.TryGetValue(dirty, out var label))
        {
            label = _sink.DefineLabel();
            ends.Add(dirty, label);
            _pending.Enqueue(() =>
            {
                _sink.Mark(label);
                emit(dirty);
            });
        }

        return label;
    }

    private void EmitReturn(RegisterSet dirty)
    {
        _registers.Spill(dirty);
        _sink.LoadLocal(Result);
        _sink.Emit(OpCodes.Ret);
    }

    private void EmitTransfer(RegisterSet dirty)
    {
        _registers.Spill(dirty);
        _sink.LoadArgument(0);
        LoadFromSlot(BlockSlot.EntryOffset, OpCodes.Volatile);
        _sink.Emit(OpCodes.Ldind_I4);
        LoadFromSlot(0, OpCodes.Ldind_I);
        _sink.TailCallRegion();
    }

    /// <summary>Pushes the address of the slots.</summary>
    private void LoadSlots()
    {
        _registers.LoadState(ExecutionState.TierContextOffset, OpCodes.Ldind_I);
        _sink.LoadInt32(PortableContext.SlotsOffset);
        _sink.Emit(OpCodes.Add);
        _sink.Emit(OpCodes.Ldind_I);
    }

    private void LoadFromSlot(int offset, OpCode load)
    {
        _sink.LoadLocal(Slot);
        _sink.LoadInt32(offset);
        _sink.Emit(OpCodes.Add);
        _sink.Emit(load);
    }
}

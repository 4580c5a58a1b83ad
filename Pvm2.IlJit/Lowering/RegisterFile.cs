using System.Reflection.Emit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Lowering;

/// <summary>
/// The locals that hold what the state holds while a region runs: its registers, the gas, and where its memory is.
/// </summary>
internal sealed class RegisterFile
{
    private readonly ICodeSink _sink;
    private readonly RegisterSet _used;
    private readonly int[] _registers = new int[RegisterNames.Count];
    private readonly int? _gas;
    private readonly int? _memory;

    /// <summary>Declares the locals that a region needs.</summary>
    /// <param name="sink">Takes the code.</param>
    /// <param name="code">The region.</param>
    /// <param name="isMetered">Whether there is gas.</param>
    internal RegisterFile(ICodeSink sink, RegionCode code, bool isMetered)
    {
        _sink = sink;
        _used = code.Used;
        foreach (var register in _used)
        {
            _registers[register] = sink.DeclareLocal(typeof(long));
        }

        _gas = isMetered ? sink.DeclareLocal(typeof(long)) : null;
        _memory = code.AccessesMemory ? sink.DeclareLocal(typeof(byte*)) : null;
    }

    /// <summary>Fills all locals from the state.</summary>
    internal void Fill()
    {
        foreach (var register in _used)
        {
            LoadState(ExecutionState.RegistersOffset + (register * sizeof(ulong)), OpCodes.Ldind_I8);
            _sink.StoreLocal(_registers[register]);
        }

        if (_gas is { } gas)
        {
            LoadState(ExecutionState.GasOffset, OpCodes.Ldind_I8);
            _sink.StoreLocal(gas);
        }

        if (_memory is { } memory)
        {
            LoadState(ExecutionState.ReadBaseOffset, OpCodes.Ldind_I);
            _sink.StoreLocal(memory);
        }
    }

    /// <summary>Stores registers and the gas to the state.</summary>
    internal void Spill(RegisterSet dirty)
    {
        foreach (var register in dirty)
        {
            StateAddress(ExecutionState.RegistersOffset + (register * sizeof(ulong)));
            _sink.LoadLocal(_registers[register]);
            _sink.Emit(OpCodes.Stind_I8);
        }

        if (_gas is { } gas)
        {
            StateAddress(ExecutionState.GasOffset);
            _sink.LoadLocal(gas);
            _sink.Emit(OpCodes.Stind_I8);
        }
    }

    /// <summary>Pushes a register.</summary>
    internal void Load(int register)
    {
        if (register == 0)
        {
            _sink.LoadConstant(0);
        }
        else
        {
            _sink.LoadLocal(_registers[register]);
        }
    }

    /// <summary>Pops a register's new value; x0 takes none.</summary>
    internal void Store(int register)
    {
        if (register == 0)
        {
            _sink.Emit(OpCodes.Pop);
        }
        else
        {
            _sink.StoreLocal(_registers[register]);
        }
    }

    /// <summary>Pushes the host address of the first byte that can be read.</summary>
    internal void LoadMemory() => _sink.LoadLocal(_memory!.Value);

    /// <summary>Takes a block's gas, or branches where there is too little.</summary>
    internal void Charge(ulong cost, CodeLabel outOfGas)
    {
        var gas = _gas!.Value;
        _sink.LoadLocal(gas);
        _sink.LoadConstant((long)cost);
        _sink.Branch(OpCodes.Blt_Un, outOfGas);
        _sink.LoadLocal(gas);
        _sink.LoadConstant((long)cost);
        _sink.Emit(OpCodes.Sub);
        _sink.StoreLocal(gas);
    }

    /// <summary>Pushes a field of the state.</summary>
    internal void LoadState(int offset, OpCode load)
    {
        StateAddress(offset);
        _sink.Emit(load);
    }

    private void StateAddress(int offset)
    {
        _sink.LoadArgument(0);
        if (offset != 0)
        {
            _sink.LoadInt32(offset);
            _sink.Emit(OpCodes.Add);
        }
    }
}

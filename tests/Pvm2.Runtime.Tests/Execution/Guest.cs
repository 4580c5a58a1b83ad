using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Tests.Execution;

/// <summary>Puts small programs together, instruction by instruction, all in their 4-byte form.</summary>
internal sealed class Guest(Profile profile = Profile.Static)
{
    internal const int Zero = 0, Ra = 1, Sp = 2, Gp = 3, Tp = 4, T0 = 5, T1 = 6, T2 = 7, S0 = 8, S1 = 9;
    internal const int A0 = 10, A1 = 11, A2 = 12, A3 = 13, A4 = 14, A5 = 15;

    private readonly List<byte> _code = [];
    private readonly List<IReadOnlyList<uint>> _tables = [];
    private MemoryRegion _readOnly = MemoryRegion.None;
    private MemoryRegion _readWrite = MemoryRegion.None;
    private MemoryRegion _stack = MemoryRegion.None;
    private MemoryRegion _heap = MemoryRegion.None;

    /// <summary>Offset of the next instruction.</summary>
    internal uint Here => (uint)_code.Count;

    /// <summary>What the profile adds to a code offset to make a program counter.</summary>
    internal uint CodeBase => profile == Profile.Static ? 0 : AddressSpace.CodeBase;

    /// <summary>Where the profile's data may start.</summary>
    internal uint DataBase => profile == Profile.Static ? AddressSpace.StaticDataBase : AddressSpace.DataBase;

    internal Guest Emit(Opcode opcode, int rd = 0, int rs1 = 0, int rs2 = 0, int immediate = 0) =>
        Word(Encoder.Encode(Encoder.Make(opcode, rd, rs1, rs2, immediate)));

    internal Guest Word(uint word)
    {
        for (var shift = 0; shift < 32; shift += 8)
        {
            _code.Add((byte)(word >> shift));
        }

        return this;
    }

    internal Guest Halfword(ushort halfword)
    {
        _code.Add((byte)halfword);
        _code.Add((byte)(halfword >> 8));
        return this;
    }

    /// <summary>addi rd, x0, value</summary>
    internal Guest Li(int rd, int value) => Emit(Opcode.Addi, rd, 0, 0, value);

    internal Guest Halt() => Emit(Opcode.Ecalli);

    internal Guest Table(params uint[] entries)
    {
        _tables.Add(entries);
        return this;
    }

    internal Guest ReadOnly(uint address, uint size, params byte[] content)
    {
        _readOnly = new MemoryRegion(address, size, content);
        return this;
    }

    internal Guest ReadWrite(uint address, uint size, params byte[] content)
    {
        _readWrite = new MemoryRegion(address, size, content);
        return this;
    }

    internal Guest Stack(uint address, uint size)
    {
        _stack = new MemoryRegion(address, size);
        return this;
    }

    internal Guest Heap(uint address, uint size)
    {
        _heap = new MemoryRegion(address, size);
        return this;
    }

    internal GuestProgram Build(params EntryPoint[] entries) => new()
    {
        Profile = profile,
        Code = _code.ToArray(),
        JumpTables = JumpTables.Create(_tables),
        ReadOnlyData = _readOnly,
        ReadWriteData = _readWrite,
        Stack = _stack,
        Heap = _heap,
        EntryPoints = entries.Length == 0 ? [new EntryPoint("main", 0)] : entries,
    };

    /// <summary>An instance on which the default entry point was started, with a host that halts on call 0.</summary>
    internal Instance Start(GasModel model = GasModel.Pipeline, ulong gas = ulong.MaxValue)
    {
        var calls = new HostCallTable().Register(0, static _ => HostCallAction.Halt);
        var options = new InstanceOptions { GasModel = model, Gas = gas, HostCalls = calls };
        var instance = Module.Create(Build()).CreateInstance(options);
        instance.Start();
        return instance;
    }
}

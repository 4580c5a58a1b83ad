using System.Reflection.Emit;
using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Lowering;

/// <summary>
/// Turns loads and stores into IL. An address is compared with the main run of the memory layout before anything is
/// touched, and what lies outside is left to the interpreter; so the host addresses made here lie inside the run that
/// the state describes, which its owner keeps in place while a tier runs.
/// </summary>
/// <param name="sink">Takes the code.</param>
/// <param name="registers">Where the guest's registers are.</param>
/// <param name="memory">The main run.</param>
/// <param name="constants">What registers are known to hold.</param>
internal sealed class MemoryLowering(
    ICodeSink sink, RegisterFile registers, MainMemory memory, KnownConstants constants)
{
    private readonly Dictionary<AccessGroup, int> _addresses = [];
    private AccessGroup?[] _groups = [];

    /// <summary>Starts another block.</summary>
    internal void StartBlock(GuestBlock block)
    {
        _groups = block.AccessesMemory ? AccessGroups.Find(block.Instructions) : [];
        _addresses.Clear();
    }

    /// <summary>Lowers an access.</summary>
    /// <param name="block">The block.</param>
    /// <param name="index">Which of its instructions it is.</param>
    /// <param name="interpret">Makes the way out to the interpreter, at this instruction.</param>
    internal void Lower(GuestBlock block, int index, Func<CodeLabel> interpret)
    {
        var i = block.Instructions[index];
        if (!TryLoadConstantAddress(i))
        {
            LoadAddress(i, _groups[index]!, interpret);
        }

        if (i.Family == InstructionFamily.Store)
        {
            Store(i);
        }
        else
        {
            Load(i);
        }
    }

    /// <summary>Pushes a host address that is known to be good without asking.</summary>
    private bool TryLoadConstantAddress(Instruction i)
    {
        var isStore = i.Family == InstructionFamily.Store;
        if (!constants.TryGet(i.Rs1, out var start))
        {
            return false;
        }

        var place = (uint)(start + i.Immediate) - memory.Start(isStore);
        if (place >= memory.Places(isStore, (uint)AccessGroups.SizeOf(i.Opcode)))
        {
            return false;
        }

        registers.LoadMemory();
        AddDistance(place + (long)memory.Displacement(isStore));
        return true;
    }

    /// <summary>Pushes the host address of an access whose register is not known.</summary>
    private void LoadAddress(Instruction i, AccessGroup group, Func<CodeLabel> interpret)
    {
        if (!_addresses.TryGetValue(group, out var address))
        {
            address = sink.DeclareLocal(typeof(byte*));
            _addresses.Add(group, address);
            LoadFirstAddress(i.Rs1, group, interpret());
            sink.StoreLocal(address);
        }

        sink.LoadLocal(address);
        AddDistance(i.Immediate - (long)group.Lowest + memory.Displacement(group.HasStore));
    }

    /// <summary>
    /// Compares the lowest address of a group with the main run, so that all of its bytes are in it, and pushes the
    /// host address, less the displacement of the writable run.
    /// </summary>
    private void LoadFirstAddress(int register, AccessGroup group, CodeLabel interpret)
    {
        var place = sink.DeclareLocal(typeof(uint));
        registers.Load(register);
        sink.LoadConstant((int)((uint)group.Lowest - memory.Start(group.HasStore)));
        sink.Emit(OpCodes.Add);
        sink.Emit(OpCodes.Conv_U4);
        sink.StoreLocal(place);
        sink.LoadLocal(place);
        sink.LoadInt32((int)memory.Places(group.HasStore, group.Bytes));
        sink.Branch(OpCodes.Bge_Un, interpret);
        registers.LoadMemory();
        sink.LoadLocal(place);
        sink.Emit(OpCodes.Conv_U);
        sink.Emit(OpCodes.Add);
    }

    private void AddDistance(long distance)
    {
        if (distance != 0)
        {
            sink.LoadConstant(distance);
            sink.Emit(OpCodes.Conv_I);
            sink.Emit(OpCodes.Add);
        }
    }

    private void Load(Instruction i)
    {
        var (load, widen) = i.Opcode switch
        {
            Opcode.Lb => (OpCodes.Ldind_I1, OpCodes.Conv_I8),
            Opcode.Lh => (OpCodes.Ldind_I2, OpCodes.Conv_I8),
            Opcode.Lw => (OpCodes.Ldind_I4, OpCodes.Conv_I8),
            Opcode.Lbu => (OpCodes.Ldind_U1, OpCodes.Conv_U8),
            Opcode.Lhu => (OpCodes.Ldind_U2, OpCodes.Conv_U8),
            Opcode.Lwu => (OpCodes.Ldind_U4, OpCodes.Conv_U8),
            _ => (OpCodes.Ldind_I8, OpCodes.Nop),
        };
        sink.Emit(load);
        if (widen != OpCodes.Nop)
        {
            sink.Emit(widen);
        }

        registers.Store(i.Rd);
    }

    private void Store(Instruction i)
    {
        registers.Load(i.Rs2);
        switch (i.Opcode)
        {
            case Opcode.Sb:
                sink.Emit(OpCodes.Conv_I4);
                sink.Emit(OpCodes.Stind_I1);
                break;
            case Opcode.Sh:
                sink.Emit(OpCodes.Conv_I4);
                sink.Emit(OpCodes.Stind_I2);
                break;
            case Opcode.Sw:
                sink.Emit(OpCodes.Conv_I4);
                sink.Emit(OpCodes.Stind_I4);
                break;
            default:
                sink.Emit(OpCodes.Stind_I8);
                break;
        }
    }
}

using Pvm2.Native.Lowering;
using Pvm2.Native.X64;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Code;

/// <summary>
/// The way into and out of a module's code, emitted before it: one entry, one exit for each <see cref="ExitKind"/>.
/// </summary>
/// <remarks>
/// The entry is called as <c>long (ExecutionState* state, void* target, byte* window)</c> in the System V
/// convention; it returns the exit kind in its low 8 bits and what belongs to it above: the selector of a host call,
/// or how far into the module's code a machine instruction lies: the one that faulted, or the one behind the call by which
/// a block was left at its start. Those calls need nothing else; the other exits expect the program counter in edx and
/// what belongs to the kind in eax, which are both scratch to guest code.
/// </remarks>
internal sealed class ExitStubs
{
    private const int KindBits = 8;

    private static readonly Register[] CalleeSaved =
        [Register.Rbx, Register.Rbp, Register.R12, Register.R13, Register.R14, Register.R15];

    private readonly int[] _positions = new int[(int)ExitKind.PageFault + 1];

    private ExitStubs(int entry) => Entry = entry;

    /// <summary>Where the code is entered.</summary>
    internal int Entry { get; }

    /// <summary>Where a way out is.</summary>
    internal int this[ExitKind kind] => _positions[(int)kind];

    /// <summary>Reads a result's kind.</summary>
    internal static ExitKind KindOf(long result) => (ExitKind)(byte)result;

    /// <summary>Reads what belongs to a result's kind.</summary>
    internal static int DetailOf(long result) => (int)(result >> KindBits);

    /// <summary>Emits all stubs.</summary>
    internal static ExitStubs Emit(Assembler code, bool writeGsBase)
    {
        code.EnsureRoom(1024);
        var faultExit = EmitEntry(code, writeGsBase, out var entry);
        var stubs = new ExitStubs(entry);
        var leave = EmitLeave(code);
        for (var kind = ExitKind.OutOfGas; kind <= ExitKind.PageFault; kind++)
        {
            stubs._positions[(int)kind] = code.Position;
            switch (kind)
            {
                case ExitKind.OutOfGas or ExitKind.Stopped:
                    // Called by a block, and the return address says by which one.
                    code.Pop(Register.Rax);
                    EmitDistanceFromStart(code);
                    break;
                case ExitKind.PageFault:
                    EmitFaultHead(code);
                    break;
                default:
                    break;
            }

            EmitKind(code, kind, leave);
        }

        code.Link(faultExit, stubs[ExitKind.PageFault]);
        code.Align(16);
        return stubs;
    }

    /// <returns>The position of the displacement that must lead to the fault exit.</returns>
    private static int EmitEntry(Assembler code, bool writeGsBase, out int entry)
    {
        entry = code.Position;
        foreach (var register in CalleeSaved)
        {
            code.Push(register);
        }

        code.Alu(AluOperation.Sub, wide: true, Register.Rsp, Frame.Size);
        code.MoveToSlot(Frame.State, Register.Rdi);
        code.MoveToSlot(Frame.Window, Register.Rdx);
        code.MoveImmediateToSlot(Frame.Zero, 0);
        if (writeGsBase)
        {
            // It mostly is right already, and here asking takes 0.7 ns and writing 10.
            code.ReadGsBase(Register.Rax);
            code.Alu(AluOperation.Compare, wide: true, Register.Rax, Register.Rdx);
            var isRight = code.JumpShort(Condition.Equal);
            code.WriteGsBase(Register.Rdx);
            code.LinkShort(isRight);
        }

        var faultExit = code.LoadAddressOfLabel(Register.Rax);
        code.MoveToSlot(Frame.FaultExit, Register.Rax);
        CopyToFrame(code, ExecutionState.GasOffset, Frame.Gas);
        CopyToFrame(code, RegisterOffset(3), Frame.GlobalPointer);
        CopyToFrame(code, RegisterOffset(4), Frame.ThreadPointer);
        code.Move(Register.Rax, Register.Rsi);
        code.Move(Register.Rdx, Register.Rdi);
        for (var guest = 1; guest < RegisterNames.Count; guest++)
        {
            if (RegisterMap.IsHot(guest))
            {
                code.LoadHost(RegisterMap.Hot(guest), Register.Rdx, RegisterOffset(guest));
            }
        }

        code.JumpTo(Register.Rax);
        return faultExit;
    }

    /// <summary>The common way out: edx is the program counter, the spare slot what is returned.</summary>
    private static int EmitLeave(Assembler code)
    {
        var position = code.Position;
        code.Move(Register.Rax, Frame.State);
        code.StoreHost32(Register.Rdx, Register.Rax, ExecutionState.ProgramCounterOffset);
        for (var guest = 1; guest < RegisterNames.Count; guest++)
        {
            if (RegisterMap.IsHot(guest))
            {
                code.StoreHost(RegisterMap.Hot(guest), Register.Rax, RegisterOffset(guest));
            }
        }

        CopyFromFrame(code, Frame.Gas, ExecutionState.GasOffset);
        CopyFromFrame(code, Frame.GlobalPointer, RegisterOffset(3));
        CopyFromFrame(code, Frame.ThreadPointer, RegisterOffset(4));
        code.Move(Register.Rax, Frame.Spare);
        code.Alu(AluOperation.Add, wide: true, Register.Rsp, Frame.Size);
        for (var i = CalleeSaved.Length - 1; i >= 0; i--)
        {
            code.Pop(CalleeSaved[i]);
        }

        code.Return();
        return position;
    }

    private static void EmitKind(Assembler code, ExitKind kind, int leave)
    {
        code.Shift(ShiftOperation.Left, wide: true, Register.Rax, KindBits);
        code.Alu(AluOperation.Or, wide: true, Register.Rax, (int)kind);
        code.MoveToSlot(Frame.Spare, Register.Rax);
        code.Jump(leave);
    }

    /// <summary>The fault handler came here with the machine instruction's address in rax and the fault's in edx.</summary>
    private static void EmitFaultHead(Assembler code)
    {
        code.MoveToSlot(Frame.Spare, Register.Rdi);
        code.Move(Register.Rdi, Frame.State);
        code.StoreHost32(Register.Rdx, Register.Rdi, ExecutionState.FaultAddressOffset);
        code.Move(Register.Rdi, Frame.Spare);
        EmitDistanceFromStart(code);
    }

    /// <summary>Turns an address in rax into its distance from the module's code, which begins where the stubs do.</summary>
    private static void EmitDistanceFromStart(Assembler code)
    {
        var start = code.LoadAddressOfLabel(Register.Rdx);
        code.Link(start, 0);
        code.Alu(AluOperation.Sub, wide: true, Register.Rax, Register.Rdx);
    }

    private static int RegisterOffset(int guest) => ExecutionState.RegistersOffset + (guest * sizeof(ulong));

    private static void CopyToFrame(Assembler code, int stateOffset, Operand slot)
    {
        code.LoadHost(Register.Rax, Register.Rdi, stateOffset);
        code.MoveToSlot(slot, Register.Rax);
    }

    private static void CopyFromFrame(Assembler code, Operand slot, int stateOffset)
    {
        code.Move(Register.Rdx, slot);
        code.StoreHost(Register.Rdx, Register.Rax, stateOffset);
    }
}

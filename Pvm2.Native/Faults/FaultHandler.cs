using System.Runtime.InteropServices;
using Pvm2.Native.Code;
using Pvm2.Native.Lowering;
using Pvm2.Native.Memory;
using Pvm2.Native.X64;

namespace Pvm2.Native.Faults;

/// <summary>
/// The handler of SIGSEGV: machine code of our own, because managed code must not run in a signal handler.
/// </summary>
/// <remarks>
/// <para>It asks whether a fault, not a process, raised the signal, whether it happened in the code arena, and whether it
/// went to the guest window of the frame that rsp points to. If so it puts the faulting instruction's address into rax
/// and the distance of the address from the window's start into rdx, both scratch to guest code, and lets the thread go
/// on at the frame's fault exit. Every other fault belongs to the handler that was there before, the runtime's, which is
/// jumped to with all arguments in place, so that NullReferenceException and stack overflow reports stay as they were.
/// </para>
/// <para>A fault next to rsp is the end of the stack, met by the entry stub: then there is no frame to look at, and
/// looking would be a fault within the handler, which ends the process without a word.</para>
/// <para>si_addr is the first byte of an access that is not allowed, and a store that straddles writes nothing: just
/// what the guest is to see.</para>
/// </remarks>
internal static unsafe partial class FaultHandler
{
    private const int SegmentationFault = 11;

    /// <summary>How far from rsp a fault is taken for the end of the stack: more than the frame and what is pushed.</summary>
    private const int StackReach = 512;

    // glibc's struct sigaction on x86-64.
    private const int ActionSize = 152;
    private const int ActionHandler = 0;
    private const int ActionFlags = 136;
    private const int FlagSigInfo = 4;

    // siginfo_t and ucontext_t on x86-64 Linux.
    private const int InfoCode = 8;
    private const int InfoAddress = 16;
    private const int ContextRdx = 136;
    private const int ContextRax = 144;
    private const int ContextRsp = 160;
    private const int ContextRip = 168;

    /// <summary>Installs the handler, for the rest of the process's life.</summary>
    /// <param name="arena">Where guest code lies; the handler takes a block of it.</param>
    /// <returns>Whether it is installed; not if the runtime has no handler of its own to pass other faults to.</returns>
    internal static bool TryInstall(CodeArena arena)
    {
        Span<byte> action = stackalloc byte[ActionSize];
        fixed (byte* pointer = action)
        {
            if (Sigaction(SegmentationFault, null, pointer) != 0)
            {
                return false;
            }

            var previous = *(nint*)(pointer + ActionHandler);
            if (!CanPassOnTo(previous, *(int*)(pointer + ActionFlags)))
            {
                return false;
            }

            using var code = new Assembler(256);
            Emit(code, arena, previous);
            if (!arena.TryAllocate(code.Position, forProfilers: false, out var block))
            {
                return false;
            }

            // The old action's mask and flags stay: the alternate stack, above all.
            CodeChunk.Write(block, code.Written);
            *(nint*)(pointer + ActionHandler) = block.Executable;
            return Sigaction(SegmentationFault, pointer, null) == 0;
        }
    }

    /// <summary>Whether a fault can be passed on to a handler: it is a function, and of the kind that takes three arguments.</summary>
    /// <param name="handler">The handler's address; the system's own ways of handling a signal have the numbers 0 and 1.</param>
    /// <param name="flags">The flags that it was installed with.</param>
    internal static bool CanPassOnTo(nint handler, int flags) => handler is not (0 or 1) && (flags & FlagSigInfo) != 0;

    /// <summary>void (int signal, siginfo_t* info, ucontext_t* context) in edi, rsi, rdx.</summary>
    private static void Emit(Assembler code, CodeArena arena, nint previous)
    {
        code.LoadHost(Register.Rax, Register.Rdx, ContextRip);
        code.MoveImmediate(Register.Rcx, arena.Start);
        code.Move(Register.R8, Register.Rax);
        code.Alu(AluOperation.Sub, wide: true, Register.R8, Register.Rcx);
        code.Alu(AluOperation.Compare, wide: true, Register.R8, (int)(arena.End - arena.Start));
        var notOurCode = code.JumpShort(Condition.AboveOrEqual);

        // Codes of what a process has sent are not positive, and have something else where the address would be.
        code.CompareHost32(Register.Rsi, InfoCode, 0);
        var sent = code.JumpShort(Condition.LessOrEqual);

        code.LoadHost(Register.Rcx, Register.Rdx, ContextRsp);
        code.LoadHost(Register.R8, Register.Rsi, InfoAddress);
        code.Move(Register.R9, Register.R8);
        code.Alu(AluOperation.Sub, wide: true, Register.R9, Register.Rcx);
        code.Alu(AluOperation.Add, wide: true, Register.R9, StackReach);
        code.Alu(AluOperation.Compare, wide: true, Register.R9, 2 * StackReach);
        var endOfStack = code.JumpShort(Condition.Below);

        code.LoadHost(Register.R9, Register.Rcx, Frame.WindowOffset);
        code.Alu(AluOperation.Sub, wide: true, Register.R8, Register.R9);
        code.MoveImmediate(Register.R9, (long)WindowBacking.ReachableBytes);
        code.Alu(AluOperation.Compare, wide: true, Register.R8, Register.R9);
        var notOurWindow = code.JumpShort(Condition.AboveOrEqual);

        code.StoreHost(Register.Rax, Register.Rdx, ContextRax);
        code.StoreHost(Register.R8, Register.Rdx, ContextRdx);
        code.LoadHost(Register.Rax, Register.Rcx, Frame.FaultExitOffset);
        code.StoreHost(Register.Rax, Register.Rdx, ContextRip);
        code.Return();

        code.LinkShort(notOurCode);
        code.LinkShort(sent);
        code.LinkShort(endOfStack);
        code.LinkShort(notOurWindow);
        code.MoveImmediate(Register.Rax, previous);
        code.JumpTo(Register.Rax);
    }

    [LibraryImport("libc", EntryPoint = "sigaction")]
    private static partial int Sigaction(int signal, byte* action, byte* previous);
}

using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Input;
using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Flow;

/// <summary>
/// Pass (static): finds the functions that do not return to where they were called from, or let another function
/// return there in their stead.
/// </summary>
/// <remarks>
/// Jumps of the setjmp kind return only to where setjmp was called from: it is enough that they all share one
/// table. A switch of stacks may besides return to the start of a function, whose address somebody has put on the
/// new stack. Those it knows by name and by what they do: take the return address from, or put it to, somewhere else
/// than the stack, or switch to another stack.
/// </remarks>
internal sealed class ReturnHandover
{
    private const int ReturnAddress = 1;
    private const int StackPointer = 2;
    private const int FramePointer = 8;

    private static readonly HashSet<string> JumpNames = new(StringComparer.Ordinal)
    {
        "setjmp", "_setjmp", "sigsetjmp", "__sigsetjmp", "__setjmp", "longjmp", "_longjmp", "siglongjmp", "__longjmp",
    };

    private static readonly HashSet<string> SwitchNames = new(StringComparer.Ordinal)
    {
        "getcontext", "setcontext", "swapcontext", "makecontext", "jump_fcontext", "ontop_fcontext", "make_fcontext",
        "co_switch", "coro_transfer", "switch_context", "context_switch",
    };

    private readonly SourceCode _code;

    private ReturnHandover(SourceCode code) => _code = code;

    /// <summary>Instructions of functions of the setjmp kind.</summary>
    public List<int> Jumps { get; } = [];

    /// <summary>Instructions of functions that switch stacks, or may do.</summary>
    public List<int> Switches { get; } = [];

    /// <summary>Finds the functions.</summary>
    public static ReturnHandover Find(SourceCode code, FunctionIndex functions, IReadOnlyList<string> names)
    {
        var pass = new ReturnHandover(code);
        var asked = new HashSet<string>(names, StringComparer.Ordinal);
        var isJump = false;
        var start = 0;
        var next = 0;
        foreach (var symbol in functions.Symbols)
        {
            next = code.Find(symbol.Section, symbol.Offset);
            if (next < 0)
            {
                continue;
            }

            if (next != start)
            {
                pass.Inspect(start, next, isJump);
                isJump = false;
                start = next;
            }

            isJump |= JumpNames.Contains(symbol.Name) && pass.Add(pass.Jumps, next);
            _ = (SwitchNames.Contains(symbol.Name) || asked.Contains(symbol.Name)) && pass.Add(pass.Switches, next);
        }

        pass.Inspect(start, code.Count, isJump);
        return pass;
    }

    private bool Add(List<int> list, int instruction)
    {
        if (_code.Instructions[instruction].IsReachable)
        {
            list.Add(instruction);
        }

        return true;
    }

    private void Inspect(int start, int end, bool isJump)
    {
        var suspect = isJump ? FindOtherJump(start, end) : FindMove(start, end);
        if (suspect >= 0)
        {
            Switches.Add(suspect);
        }
    }

    /// <summary>
    /// A function of the setjmp kind that jumps through another register than ra: to a return address, but that is
    /// not to be told from a jump to the address of a function.
    /// </summary>
    private int FindOtherJump(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            ref readonly var item = ref _code.Instructions[i];
            if (item.IsReachable && item.Kind == InstructionKind.IndirectJump && !item.IsCall && item.Decoded.Rs1 != ReturnAddress)
            {
                return i;
            }
        }

        return -1;
    }

    private int FindMove(int start, int end)
    {
        var suspect = -1;
        var stackSwitch = -1;
        var restoresByFrame = false;
        for (var i = start; i < end; i++)
        {
            ref readonly var item = ref _code.Instructions[i];
            if (!item.IsReachable || !MayMove(item))
            {
                continue;
            }

            suspect = MovesReturnAddress(item.Decoded) ? i : suspect;
            stackSwitch = ReplacesStack(item.Decoded) ? i : stackSwitch;
            restoresByFrame |= item.Decoded is { Opcode: Opcode.Addi, Rd: StackPointer, Rs1: FramePointer };
        }

        // A function that sizes its frame as it runs moves sp about, but finds back by the frame pointer.
        return suspect < 0 && !restoresByFrame ? stackSwitch : suspect;
    }

    /// <summary>Whether it is an ordinary instruction, or loads or stores at a fixed address.</summary>
    private static bool MayMove(in SourceInstruction item) => item.Kind == InstructionKind.Plain
        || (item.Kind == InstructionKind.AddressLow && item.Decoded.Opcode is Opcode.Ld or Opcode.Sd);

    private static bool MovesReturnAddress(in Instruction i) => i switch
    {
        { Opcode: Opcode.Ld, Rd: ReturnAddress } => i.Rs1 is not (StackPointer or FramePointer),
        { Opcode: Opcode.Sd, Rs2: ReturnAddress } => i.Rs1 is not (StackPointer or FramePointer),
        { Opcode: Opcode.Addi or Opcode.Lui, Rs1: 0 } => false,
        _ => i.Rd == ReturnAddress,
    };

    private static bool ReplacesStack(in Instruction i) => i switch
    {
        { Opcode: Opcode.Ld, Rd: StackPointer } => true,
        { Opcode: Opcode.Addi, Rd: StackPointer, Immediate: 0 } => i.Rs1 is not (StackPointer or FramePointer),
        { Opcode: Opcode.Add, Rd: StackPointer, Rs1: 0 } => i.Rs2 is not (StackPointer or FramePointer),
        _ => false,
    };
}

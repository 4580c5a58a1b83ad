using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;
using static Pvm2.Runtime.Interpreter.Arithmetic;

namespace Pvm2.Runtime.Interpreter;

/// <summary>The loop that executes operations: what every instruction does is said here and nowhere else.</summary>
internal static unsafe class Dispatcher
{
    /// <summary>Executes from the state's program counter until an exit, which it leaves in the state.</summary>
    /// <param name="code">The program, predecoded.</param>
    /// <param name="state">
    /// The run; it and the memory that it describes stay where they are until this returns, which the caller sees to.
    /// </param>
    /// <remarks>
    /// Every operation pointer stays inside the pinned array of <paramref name="code"/>: distances were checked when
    /// they were made, tables hold only what the predecoder put there, and the last operation is a panic.
    /// Register offsets are below <see cref="ExecutionState.GasOffset"/>.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run(InterpreterCode code, ExecutionState* state)
    {
        var operation = code.Find(state->ProgramCounter);
        while (true)
        {
            byte* host;
            switch (operation->Code)
            {
                // Loads and stores
                case OperationCode.Lb:
                    host = ReadPointer(state, operation, sizeof(sbyte));
                    if (host == null)
                    {
                        goto PageFault;
                    }

                    Register(state, operation->Rd) = (ulong)*(sbyte*)host;
                    break;
                case OperationCode.Lh:
                    host = ReadPointer(state, operation, sizeof(short));
                    if (host == null)
                    {
                        goto PageFault;
                    }

                    Register(state, operation->Rd) = (ulong)*(short*)host;
                    break;
                case OperationCode.Lw:
                    host = ReadPointer(state, operation, sizeof(int));
                    if (host == null)
                    {
                        goto PageFault;
                    }

                    Register(state, operation->Rd) = (ulong)*(int*)host;
                    break;
                case OperationCode.Ld:
                    host = ReadPointer(state, operation, sizeof(ulong));
                    if (host == null)
                    {
                        goto PageFault;
                    }

                    Register(state, operation->Rd) = *(ulong*)host;
                    break;
                case OperationCode.Lbu:
                    host = ReadPointer(state, operation, sizeof(byte));
                    if (host == null)
                    {
                        goto PageFault;
                    }

                    Register(state, operation->Rd) = *(byte*)host;
                    break;
                case OperationCode.Lhu:
                    host = ReadPointer(state, operation, sizeof(ushort));
                    if (host == null)
                    {
                        goto PageFault;
                    }

                    Register(state, operation->Rd) = *(ushort*)host;
                    break;
                case OperationCode.Lwu:
                    host = ReadPointer(state, operation, sizeof(uint));
                    if (host == null)
                    {
                        goto PageFault;
                    }

                    Register(state, operation->Rd) = *(uint*)host;
                    break;
                case OperationCode.Sb:
                    host = WritePointer(state, operation, sizeof(byte));
                    if (host == null)
                    {
                        goto PageFault;
                    }

                    *(byte*)host = (byte)Register(state, operation->Rs2);
                    break;
                case OperationCode.Sh:
                    host = WritePointer(state, operation, sizeof(ushort));
                    if (host == null)
                    {
                        goto PageFault;
                    }

                    *(ushort*)host = (ushort)Register(state, operation->Rs2);
                    break;
                case OperationCode.Sw:
                    host = WritePointer(state, operation, sizeof(uint));
                    if (host == null)
                    {
                        goto PageFault;
                    }

                    *(uint*)host = (uint)Register(state, operation->Rs2);
                    break;
                case OperationCode.Sd:
                    host = WritePointer(state, operation, sizeof(ulong));
                    if (host == null)
                    {
                        goto PageFault;
                    }

                    *(ulong*)host = Register(state, operation->Rs2);
                    break;

                // Integer, register and immediate
                case OperationCode.LoadConstant:
                    Register(state, operation->Rd) = operation->Wide;
                    break;
                case OperationCode.Addi:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) + Wide(operation->Immediate);
                    break;
                case OperationCode.Slti:
                    Register(state, operation->Rd) = Truth((long)Register(state, operation->Rs1) < operation->Immediate);
                    break;
                case OperationCode.Sltiu:
                    Register(state, operation->Rd) = Truth(Register(state, operation->Rs1) < Wide(operation->Immediate));
                    break;
                case OperationCode.Xori:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) ^ Wide(operation->Immediate);
                    break;
                case OperationCode.Ori:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) | Wide(operation->Immediate);
                    break;
                case OperationCode.Andi:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) & Wide(operation->Immediate);
                    break;
                case OperationCode.Slli:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) << operation->Immediate;
                    break;
                case OperationCode.Srli:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) >> operation->Immediate;
                    break;
                case OperationCode.Srai:
                    Register(state, operation->Rd) = (ulong)((long)Register(state, operation->Rs1) >> operation->Immediate);
                    break;
                case OperationCode.Addiw:
                    Register(state, operation->Rd) = Word((int)Register(state, operation->Rs1) + operation->Immediate);
                    break;
                case OperationCode.Slliw:
                    Register(state, operation->Rd) = Word((int)Register(state, operation->Rs1) << operation->Immediate);
                    break;
                case OperationCode.Srliw:
                    Register(state, operation->Rd) = Word((uint)Register(state, operation->Rs1) >> operation->Immediate);
                    break;
                case OperationCode.Sraiw:
                    Register(state, operation->Rd) = Word((int)Register(state, operation->Rs1) >> operation->Immediate);
                    break;

                // Integer, register and register
                case OperationCode.Add:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) + Register(state, operation->Rs2);
                    break;
                case OperationCode.Sub:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) - Register(state, operation->Rs2);
                    break;
                case OperationCode.Sll:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) << (int)Register(state, operation->Rs2);
                    break;
                case OperationCode.Slt:
                    Register(state, operation->Rd) = Truth((long)Register(state, operation->Rs1) < (long)Register(state, operation->Rs2));
                    break;
                case OperationCode.Sltu:
                    Register(state, operation->Rd) = Truth(Register(state, operation->Rs1) < Register(state, operation->Rs2));
                    break;
                case OperationCode.Xor:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) ^ Register(state, operation->Rs2);
                    break;
                case OperationCode.Srl:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) >> (int)Register(state, operation->Rs2);
                    break;
                case OperationCode.Sra:
                    Register(state, operation->Rd) = (ulong)((long)Register(state, operation->Rs1) >> (int)Register(state, operation->Rs2));
                    break;
                case OperationCode.Or:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) | Register(state, operation->Rs2);
                    break;
                case OperationCode.And:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) & Register(state, operation->Rs2);
                    break;
                case OperationCode.Addw:
                    Register(state, operation->Rd) = Word((int)Register(state, operation->Rs1) + (int)Register(state, operation->Rs2));
                    break;
                case OperationCode.Subw:
                    Register(state, operation->Rd) = Word((int)Register(state, operation->Rs1) - (int)Register(state, operation->Rs2));
                    break;
                case OperationCode.Sllw:
                    Register(state, operation->Rd) = Word((int)Register(state, operation->Rs1) << (int)Register(state, operation->Rs2));
                    break;
                case OperationCode.Srlw:
                    Register(state, operation->Rd) = Word((uint)Register(state, operation->Rs1) >> (int)Register(state, operation->Rs2));
                    break;
                case OperationCode.Sraw:
                    Register(state, operation->Rd) = Word((int)Register(state, operation->Rs1) >> (int)Register(state, operation->Rs2));
                    break;

                // M
                case OperationCode.Mul:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) * Register(state, operation->Rs2);
                    break;
                case OperationCode.Mulh:
                    Register(state, operation->Rd) = MultiplyHigh(Register(state, operation->Rs1), Register(state, operation->Rs2));
                    break;
                case OperationCode.Mulhsu:
                    Register(state, operation->Rd) = MultiplyHighSignedUnsigned(Register(state, operation->Rs1), Register(state, operation->Rs2));
                    break;
                case OperationCode.Mulhu:
                    Register(state, operation->Rd) = MultiplyHighUnsigned(Register(state, operation->Rs1), Register(state, operation->Rs2));
                    break;
                case OperationCode.Div:
                    Register(state, operation->Rd) = Divide(Register(state, operation->Rs1), Register(state, operation->Rs2));
                    break;
                case OperationCode.Divu:
                    Register(state, operation->Rd) = DivideUnsigned(Register(state, operation->Rs1), Register(state, operation->Rs2));
                    break;
                case OperationCode.Rem:
                    Register(state, operation->Rd) = Remainder(Register(state, operation->Rs1), Register(state, operation->Rs2));
                    break;
                case OperationCode.Remu:
                    Register(state, operation->Rd) = RemainderUnsigned(Register(state, operation->Rs1), Register(state, operation->Rs2));
                    break;
                case OperationCode.Mulw:
                    Register(state, operation->Rd) = Word((int)Register(state, operation->Rs1) * (int)Register(state, operation->Rs2));
                    break;
                case OperationCode.Divw:
                    Register(state, operation->Rd) = DivideWord((uint)Register(state, operation->Rs1), (uint)Register(state, operation->Rs2));
                    break;
                case OperationCode.Divuw:
                    Register(state, operation->Rd) = DivideWordUnsigned((uint)Register(state, operation->Rs1), (uint)Register(state, operation->Rs2));
                    break;
                case OperationCode.Remw:
                    Register(state, operation->Rd) = RemainderWord((uint)Register(state, operation->Rs1), (uint)Register(state, operation->Rs2));
                    break;
                case OperationCode.Remuw:
                    Register(state, operation->Rd) = RemainderWordUnsigned((uint)Register(state, operation->Rs1), (uint)Register(state, operation->Rs2));
                    break;

                // Zba
                case OperationCode.AddUw:
                    Register(state, operation->Rd) = (uint)Register(state, operation->Rs1) + Register(state, operation->Rs2);
                    break;
                case OperationCode.Sh1add:
                    Register(state, operation->Rd) = (Register(state, operation->Rs1) << 1) + Register(state, operation->Rs2);
                    break;
                case OperationCode.Sh2add:
                    Register(state, operation->Rd) = (Register(state, operation->Rs1) << 2) + Register(state, operation->Rs2);
                    break;
                case OperationCode.Sh3add:
                    Register(state, operation->Rd) = (Register(state, operation->Rs1) << 3) + Register(state, operation->Rs2);
                    break;
                case OperationCode.Sh1addUw:
                    Register(state, operation->Rd) = ((ulong)(uint)Register(state, operation->Rs1) << 1) + Register(state, operation->Rs2);
                    break;
                case OperationCode.Sh2addUw:
                    Register(state, operation->Rd) = ((ulong)(uint)Register(state, operation->Rs1) << 2) + Register(state, operation->Rs2);
                    break;
                case OperationCode.Sh3addUw:
                    Register(state, operation->Rd) = ((ulong)(uint)Register(state, operation->Rs1) << 3) + Register(state, operation->Rs2);
                    break;
                case OperationCode.SlliUw:
                    Register(state, operation->Rd) = (ulong)(uint)Register(state, operation->Rs1) << operation->Immediate;
                    break;

                // Zbb
                case OperationCode.Andn:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) & ~Register(state, operation->Rs2);
                    break;
                case OperationCode.Orn:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) | ~Register(state, operation->Rs2);
                    break;
                case OperationCode.Xnor:
                    Register(state, operation->Rd) = ~(Register(state, operation->Rs1) ^ Register(state, operation->Rs2));
                    break;
                case OperationCode.Clz:
                    Register(state, operation->Rd) = (ulong)BitOperations.LeadingZeroCount(Register(state, operation->Rs1));
                    break;
                case OperationCode.Ctz:
                    Register(state, operation->Rd) = (ulong)BitOperations.TrailingZeroCount(Register(state, operation->Rs1));
                    break;
                case OperationCode.Cpop:
                    Register(state, operation->Rd) = (ulong)BitOperations.PopCount(Register(state, operation->Rs1));
                    break;
                case OperationCode.Clzw:
                    Register(state, operation->Rd) = (ulong)BitOperations.LeadingZeroCount((uint)Register(state, operation->Rs1));
                    break;
                case OperationCode.Ctzw:
                    Register(state, operation->Rd) = (ulong)BitOperations.TrailingZeroCount((uint)Register(state, operation->Rs1));
                    break;
                case OperationCode.Cpopw:
                    Register(state, operation->Rd) = (ulong)BitOperations.PopCount((uint)Register(state, operation->Rs1));
                    break;
                case OperationCode.Max:
                    Register(state, operation->Rd) = (ulong)Math.Max((long)Register(state, operation->Rs1), (long)Register(state, operation->Rs2));
                    break;
                case OperationCode.Maxu:
                    Register(state, operation->Rd) = Math.Max(Register(state, operation->Rs1), Register(state, operation->Rs2));
                    break;
                case OperationCode.Min:
                    Register(state, operation->Rd) = (ulong)Math.Min((long)Register(state, operation->Rs1), (long)Register(state, operation->Rs2));
                    break;
                case OperationCode.Minu:
                    Register(state, operation->Rd) = Math.Min(Register(state, operation->Rs1), Register(state, operation->Rs2));
                    break;
                case OperationCode.SextB:
                    Register(state, operation->Rd) = (ulong)(sbyte)Register(state, operation->Rs1);
                    break;
                case OperationCode.SextH:
                    Register(state, operation->Rd) = (ulong)(short)Register(state, operation->Rs1);
                    break;
                case OperationCode.ZextH:
                    Register(state, operation->Rd) = (ushort)Register(state, operation->Rs1);
                    break;
                case OperationCode.Rol:
                    Register(state, operation->Rd) = BitOperations.RotateLeft(Register(state, operation->Rs1), (int)Register(state, operation->Rs2));
                    break;
                case OperationCode.Ror:
                    Register(state, operation->Rd) = BitOperations.RotateRight(Register(state, operation->Rs1), (int)Register(state, operation->Rs2));
                    break;
                case OperationCode.Rori:
                    Register(state, operation->Rd) = BitOperations.RotateRight(Register(state, operation->Rs1), operation->Immediate);
                    break;
                case OperationCode.Rolw:
                    Register(state, operation->Rd) = RotateWordLeft(Register(state, operation->Rs1), Register(state, operation->Rs2));
                    break;
                case OperationCode.Rorw:
                    Register(state, operation->Rd) = RotateWordRight(Register(state, operation->Rs1), Register(state, operation->Rs2));
                    break;
                case OperationCode.Roriw:
                    Register(state, operation->Rd) = Word(BitOperations.RotateRight((uint)Register(state, operation->Rs1), operation->Immediate));
                    break;
                case OperationCode.OrcB:
                    Register(state, operation->Rd) = CombineBytes(Register(state, operation->Rs1));
                    break;
                case OperationCode.Rev8:
                    Register(state, operation->Rd) = BinaryPrimitives.ReverseEndianness(Register(state, operation->Rs1));
                    break;

                // Zbs
                case OperationCode.Bclr:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) & ~Bit(Register(state, operation->Rs2));
                    break;
                case OperationCode.Bclri:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) & ~Bit(Wide(operation->Immediate));
                    break;
                case OperationCode.Bext:
                    Register(state, operation->Rd) = (Register(state, operation->Rs1) >> (int)Register(state, operation->Rs2)) & 1;
                    break;
                case OperationCode.Bexti:
                    Register(state, operation->Rd) = (Register(state, operation->Rs1) >> operation->Immediate) & 1;
                    break;
                case OperationCode.Binv:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) ^ Bit(Register(state, operation->Rs2));
                    break;
                case OperationCode.Binvi:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) ^ Bit(Wide(operation->Immediate));
                    break;
                case OperationCode.Bset:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) | Bit(Register(state, operation->Rs2));
                    break;
                case OperationCode.Bseti:
                    Register(state, operation->Rd) = Register(state, operation->Rs1) | Bit(Wide(operation->Immediate));
                    break;

                // Zicond
                case OperationCode.CzeroEqz:
                    Register(state, operation->Rd) = Register(state, operation->Rs2) == 0 ? 0 : Register(state, operation->Rs1);
                    break;
                case OperationCode.CzeroNez:
                    Register(state, operation->Rd) = Register(state, operation->Rs2) != 0 ? 0 : Register(state, operation->Rs1);
                    break;
                // Control flow
                case OperationCode.Charge:
                    if (state->Gas < operation->Wide)
                    {
                        state->Reason = ExitReason.OutOfGas;
                        goto Leave;
                    }

                    state->Gas -= operation->Wide;
                    break;
                case OperationCode.Poll:
                    if (state->StopRequested != 0)
                    {
                        state->Reason = ExitReason.Cancelled;
                        goto Leave;
                    }

                    break;
                case OperationCode.Beq:
                    if (Register(state, operation->Rs1) == Register(state, operation->Rs2))
                    {
                        goto Jump;
                    }

                    break;
                case OperationCode.Bne:
                    if (Register(state, operation->Rs1) != Register(state, operation->Rs2))
                    {
                        goto Jump;
                    }

                    break;
                case OperationCode.Blt:
                    if ((long)Register(state, operation->Rs1) < (long)Register(state, operation->Rs2))
                    {
                        goto Jump;
                    }

                    break;
                case OperationCode.Bge:
                    if ((long)Register(state, operation->Rs1) >= (long)Register(state, operation->Rs2))
                    {
                        goto Jump;
                    }

                    break;
                case OperationCode.Bltu:
                    if (Register(state, operation->Rs1) < Register(state, operation->Rs2))
                    {
                        goto Jump;
                    }

                    break;
                case OperationCode.Bgeu:
                    if (Register(state, operation->Rs1) >= Register(state, operation->Rs2))
                    {
                        goto Jump;
                    }

                    break;
                case OperationCode.Jal:
                    Register(state, operation->Rd) = operation->Second;
                    goto Jump;
                case OperationCode.Jump:
                    goto Jump;
                case OperationCode.Jalr:
                    var target = code.FindJumpTarget((Register(state, operation->Rs1) + Wide(operation->Immediate)) & ~1UL);
                    if (target == null)
                    {
                        goto case OperationCode.Panic;
                    }

                    Register(state, operation->Rd) = operation->Second;
                    operation = target;
                    if (state->StopRequested != 0)
                    {
                        state->Reason = ExitReason.Cancelled;
                        goto Leave;
                    }

                    continue;
                case OperationCode.BrTable:
                    var index = (uint)((Register(state, operation->Rs1) - 1) >> 1);
                    if (index < operation->Second)
                    {
                        operation = code.TableTarget((uint)operation->Immediate + index);
                        continue;
                    }

                    break;
                case OperationCode.Ecalli:
                    state->HostCallKind = HostCallKind.Selector;
                    state->Selector = operation->Immediate;
                    operation++;
                    state->Reason = ExitReason.HostCall;
                    goto Leave;
                case OperationCode.EcallJar:
                    state->HostCallKind = HostCallKind.Management;
                    state->Selector = 0;
                    operation++;
                    state->Reason = ExitReason.HostCall;
                    goto Leave;
                case OperationCode.Panic:
                default:
                    state->Reason = ExitReason.Panic;
                    goto Leave;
            }

            operation++;
            continue;

        Jump:
            operation += operation->Immediate;
        }

    PageFault:
        state->Reason = ExitReason.PageFault;

    Leave:
        state->ProgramCounter = code.ProgramCounterOf(operation);
        GC.KeepAlive(code);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref ulong Register(ExecutionState* state, byte offset) => ref *(ulong*)((byte*)state + offset);

    /// <summary>Sign-extends an immediate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Wide(int immediate) => (ulong)immediate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* ReadPointer(ExecutionState* state, Operation* operation, uint size)
    {
        var offset = (uint)Register(state, operation->Rs1) + (uint)operation->Immediate;
        return offset < state->ReadLimit ? state->ReadBase + offset : state->ResolveRead(offset + state->ReadStart, size);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* WritePointer(ExecutionState* state, Operation* operation, uint size)
    {
        var offset = (uint)Register(state, operation->Rs1) + (uint)operation->Immediate;
        return offset < state->WriteLimit ? state->WriteBase + offset : state->ResolveWrite(offset + state->WriteStart, size);
    }
}

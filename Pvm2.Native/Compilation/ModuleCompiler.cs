using System.Runtime.CompilerServices;
using Pvm2.Native.Code;
using Pvm2.Native.Lowering;
using Pvm2.Native.X64;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Native.Compilation;

/// <summary>
/// Compiles a module in one pass over its code: every instruction is decoded, priced and emitted; what a block costs is
/// put into its charge when its end is reached, and at the end the jumps are linked. There is no intermediate form.
/// </summary>
/// <remarks>
/// What comes out is one run of bytes that can lie anywhere: stubs, exits of blocks, code, cold exits, tables of
/// targets. Only the tables of <c>br_table</c> hold addresses; they are filled in when the code has its place.
/// <para>The time goes into branches that the processor cannot foresee, about half a dozen an instruction if one is
/// not careful. So there is one loop over all instructions and none over those of a block, and what most instructions
/// need is done for all of them alike.</para>
/// </remarks>
internal sealed partial class ModuleCompiler
{
    /// <summary>
    /// More than the longest lowering of one instruction, or of those that are lowered together, with the charge of
    /// the next block behind it.
    /// </summary>
    internal const int MaxInstructionBytes = 256;

    private readonly CompilerBuffers _buffers;
    private readonly Assembler _code;
    private readonly InstructionLowering _lowering;
    private readonly GuestProgram _program;
    private readonly BasicBlockMap _blocks;
    private readonly bool _isMetered;
    private readonly ulong _largestCharge;
    private readonly ExitStubs _stubs;
    private readonly int _blockExits;
    private readonly uint _codeBase;
    private readonly int _codeLength;
    private readonly CodeMap _map;
    private readonly int[] _blockPositions;
    private readonly byte[] _lengths;
    private readonly ulong[] _costs;
    private BlockPricer _pricer;

    // Where the compiler stands: the guest instruction, its block, and where that block's charge and the instruction's
    // code begin.
    private uint _offset;
    private int _block;
    private int _charge;
    private int _position;

    private ModuleCompiler(Module module, GasModel model, CompilerBuffers buffers, CompilerOptions options)
    {
        _buffers = buffers;
        _code = buffers.Code;
        _lowering = new InstructionLowering(_code, options.Features);
        _program = module.Program;
        _blocks = module.Blocks;
        _isMetered = model != GasModel.None;
        _largestCharge = (ulong)options.LargestCharge;
        _pricer = new BlockPricer(_program, model);
        _codeBase = _program.CodeBase;
        _codeLength = _program.Code.Length;
        _map = new CodeMap(_program, _blocks);
        _blockPositions = _map.BlockPositions;
        _lengths = _map.Lengths;
        _costs = _isMetered ? GC.AllocateUninitializedArray<ulong>(_blocks.Count) : [];
        _stubs = ExitStubs.Emit(_code, options.WriteGsBase);
        _blockExits = BlockExits.Emit(_code, _blocks.Count, _stubs[_isMetered ? ExitKind.OutOfGas : ExitKind.Stopped]);
    }

    /// <summary>Compiles a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="model">The gas model to charge by.</param>
    /// <param name="buffers">Empty; receive the code.</param>
    /// <param name="options">What the machine can do.</param>
    internal static CompiledModule Compile(Module module, GasModel model, CompilerBuffers buffers, CompilerOptions options)
    {
        var compiler = new ModuleCompiler(module, model, buffers, options);
        compiler.EmitInstructions();
        compiler.EmitLargeCharges();
        compiler.EmitColdExits();
        compiler.LinkJumps();
        var tables = compiler.EmitTables();
        return new CompiledModule(
            compiler._map, compiler._costs, compiler._stubs.Entry, compiler._blockExits, tables, options.WriteGsBase);
    }

    private void EmitInstructions()
    {
        var window = new InstructionWindow(_program, _buffers.Window);
        _code.EnsureRoom(MaxInstructionBytes);
        StartBlock();
        while (window.TryFill(out var instructions, out var ready))
        {
            _code.EnsureRoom(instructions.Length * MaxInstructionBytes);
            var next = 0;
            while (next < ready)
            {
                next += EmitNext(instructions[next..]);
            }

            window.Skip(next);
        }

        if (_block < _blocks.Count)
        {
            EndBlock();
        }

        // Running off the end is a panic whose program counter is the code's length.
        _code.EnsureRoom(MaxInstructionBytes);
        _blockPositions[_block] = _code.Position;
        EmitExit(ExitKind.Panic, _codeBase + (uint)_codeLength);
    }

    /// <summary>Emits the next instruction, and those that are lowered together with it.</summary>
    /// <returns>How many that are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int EmitNext(ReadOnlySpan<Instruction> instructions)
    {
        var first = instructions[0];
        if (!InstructionLowering.IsStraight(first.Opcode))
        {
            EmitControl(first);
            return 1;
        }

        var count = _lowering.Lower(instructions, _codeBase + _offset);
        Price(first);
        Map(first);
        for (var i = 1; i < count; i++)
        {
            // All code is the first one's.
            Price(instructions[i]);
            Map(instructions[i]);
        }

        return count;
    }

    /// <summary>Notes that what was emitted since the last instruction is this one's code, and goes on behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Map(Instruction i)
    {
        var position = _code.Position;
        _lengths[_offset >> 1] = (byte)(position - _position);
        _position = position;
        _offset += i.Length;
    }

    /// <summary>Emits an instruction that jumps, calls the host, ends the run or its block.</summary>
    private void EmitControl(Instruction i)
    {
        if (i.Family == InstructionFamily.HostCall && _blocks.Starts[_block] != _offset && _blocks.IsStart(_offset))
        {
            // In xjar it stands alone in its block.
            EndBlock();
            StartBlock();
        }

        Price(i);
        EmitControl(i, _offset);
        Map(i);
        if ((i.Traits & InstructionTraits.Terminator) != 0)
        {
            EndBlock();
            StartBlock();
        }
    }

    private void EmitControl(Instruction i, uint offset)
    {
        switch (i.Family)
        {
            case InstructionFamily.Branch:
                EmitBranch(i, offset);
                break;
            case InstructionFamily.Jump:
                EmitJump(i, offset);
                break;
            case InstructionFamily.IndirectJump when i.Opcode == Opcode.BrTable:
                EmitTableJump(i, offset);
                break;
            case InstructionFamily.IndirectJump:
                EmitRegisterJump(i, offset);
                break;
            case InstructionFamily.HostCall:
                var kind = i.Opcode == Opcode.Ecalli ? ExitKind.HostCall : ExitKind.ManagementCall;
                EmitExit(kind, _codeBase + offset + i.Length, i.Immediate);
                break;
            case InstructionFamily.Illegal or InstructionFamily.Trap:
                EmitExit(ExitKind.Panic, _codeBase + offset);
                break;
            default:
                break;
        }
    }

    private void EmitExit(ExitKind kind, uint programCounter, int detail = 0)
    {
        _code.MoveImmediate(RegisterMap.SecondScratch, programCounter);
        _code.MoveImmediate(RegisterMap.Scratch, detail);
        _code.Jump(_stubs[kind]);
    }
}

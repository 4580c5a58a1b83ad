using Pvm2.Native.Code;
using Pvm2.Native.Lowering;
using Pvm2.Native.X64;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Native.Compilation;

/// <summary>
/// Compiles a module in one pass over its code. Each block is decoded and priced, and while its instructions are at
/// hand, charged and emitted; at the end the jumps that went ahead are linked. There is no intermediate form.
/// </summary>
/// <remarks>
/// What comes out is one run of bytes that can lie anywhere: stubs, exits of blocks, code, cold exits, tables of
/// targets. Only the tables of <c>br_table</c> hold addresses; they are filled in when the code has its place.
/// </remarks>
internal sealed partial class ModuleCompiler
{
    /// <summary>
    /// More than the longest lowering of one instruction, or of those that are lowered together, with the charge of
    /// its block before it.
    /// </summary>
    private const int MaxInstructionBytes = 256;

    private readonly CompilerBuffers _buffers;
    private readonly Assembler _code;
    private readonly InstructionLowering _lowering;
    private readonly GuestProgram _program;
    private readonly BasicBlockMap _blocks;
    private readonly bool _isMetered;
    private readonly ExitStubs _stubs;
    private readonly int _blockExits;
    private readonly uint _codeBase;
    private readonly int _codeLength;
    private readonly CodeMap _map;
    private readonly ulong[] _costs;
    private BlockPricer _pricer;

    private ModuleCompiler(Module module, GasModel model, CompilerBuffers buffers, CompilerOptions options)
    {
        _buffers = buffers;
        _code = buffers.Code;
        _lowering = new InstructionLowering(_code, options.Features);
        _program = module.Program;
        _blocks = module.Blocks;
        _isMetered = model != GasModel.None;
        _pricer = new BlockPricer(_program, model);
        _codeBase = _program.CodeBase;
        _codeLength = _program.Code.Length;
        _map = new CodeMap(_program, _blocks);
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
        compiler.EmitBlocks();
        compiler.EmitColdExits();
        compiler.LinkJumps();
        var tables = compiler.EmitTables();
        return new CompiledModule(
            compiler._map, compiler._costs, compiler._stubs.Entry, compiler._blockExits, tables, options.WriteGsBase);
    }

    private void EmitBlocks()
    {
        var starts = _blocks.Starts;
        var reader = new InstructionReader(_program.Code.Span, _program.Profile);
        for (var block = 0; block < starts.Length; block++)
        {
            EmitBlock(block, ref reader, block + 1 < starts.Length ? (int)starts[block + 1] : _codeLength);
        }

        // Running off the end is a panic whose program counter is the code's length.
        _code.EnsureRoom(MaxInstructionBytes);
        _map.BlockPositions[starts.Length] = _code.Position;
        EmitExit(ExitKind.Panic, _codeBase + (uint)_codeLength);
    }

    /// <param name="reader">Stands at the block's start, and afterwards at its end.</param>
    private void EmitBlock(int block, ref InstructionReader reader, int end)
    {
        var offset = reader.Offset;
        var instructions = Read(ref reader, end);
        EmitCharge(block, Price(instructions, reader, end), out var position);
        while (reader.Offset < end)
        {
            EmitInstructions(instructions, ref offset, ref position);
            instructions = Read(ref reader, end);
        }

        EmitInstructions(instructions, ref offset, ref position);
    }

    /// <summary>Decodes as much of a block as fits into the window.</summary>
    private ReadOnlySpan<Instruction> Read(ref InstructionReader reader, int end)
    {
        var window = _buffers.Window;
        var count = 0;
        while (reader.Offset < end && count < window.Length)
        {
            window[count++] = reader.Read();
        }

        return window.AsSpan(0, count);
    }

    /// <summary>The price of a block.</summary>
    /// <param name="instructions">The first of its instructions.</param>
    /// <param name="rest">Stands where the others begin, which are decoded once more when their turn comes.</param>
    private ulong Price(ReadOnlySpan<Instruction> instructions, InstructionReader rest, int end)
    {
        if (!_isMetered)
        {
            return 0;
        }

        _pricer.Start();
        foreach (ref readonly var instruction in instructions)
        {
            _pricer.Add(instruction);
        }

        while (rest.Offset < end)
        {
            _pricer.Add(rest.Read());
        }

        return _pricer.Cost;
    }

    /// <param name="position">Where the block begins.</param>
    private void EmitCharge(int block, ulong cost, out int position)
    {
        _code.EnsureRoom(MaxInstructionBytes);
        position = _code.Position;
        _map.BlockPositions[block] = position;
        var exit = BlockExits.PositionOf(_blockExits, block);
        if (!_isMetered)
        {
            EmitStopQuestion();
            _code.Jump(Condition.NotEqual, exit);
            return;
        }

        _costs[block] = cost;
        if (cost <= int.MaxValue)
        {
            _code.SubtractFromTop((int)cost);
        }
        else
        {
            _code.MoveImmediate(RegisterMap.Scratch, unchecked((long)cost));
            _code.AluToSlot(AluOperation.Sub, Frame.Gas, RegisterMap.Scratch);
        }

        // Whoever called gives back what was taken when there was too little.
        _code.Jump(Condition.Below, exit);
    }

    /// <summary>Emits instructions of one block that follow each other.</summary>
    /// <param name="offset">Code offset of the first one; afterwards of the one behind the last.</param>
    /// <param name="position">Where the code of the first one begins, its block's charge included; afterwards the next one's.</param>
    private void EmitInstructions(ReadOnlySpan<Instruction> instructions, ref int offset, ref int position)
    {
        var lengths = _map.Lengths;
        while (instructions.Length != 0)
        {
            _code.EnsureRoom(MaxInstructionBytes);
            var count = InstructionLowering.IsStraight(instructions[0].Opcode)
                ? _lowering.Lower(instructions, _codeBase + (uint)offset)
                : EmitControl(instructions[0], (uint)offset);
            foreach (ref readonly var instruction in instructions[..count])
            {
                // All but the first of those that were lowered together have no code of their own.
                lengths[offset >> 1] = (byte)(_code.Position - position);
                position = _code.Position;
                offset += instruction.Length;
            }

            instructions = instructions[count..];
        }
    }

    /// <summary>Emits an instruction that jumps, calls the host or ends the run.</summary>
    /// <returns>1: the number of instructions that this is.</returns>
    private int EmitControl(in Instruction i, uint offset)
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

        return 1;
    }

    private void EmitExit(ExitKind kind, uint programCounter, int detail = 0)
    {
        _code.MoveImmediate(RegisterMap.SecondScratch, programCounter);
        _code.MoveImmediate(RegisterMap.Scratch, detail);
        _code.Jump(_stubs[kind]);
    }
}

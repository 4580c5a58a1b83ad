using Pvm2.Native.Code;
using Pvm2.Native.Lowering;
using Pvm2.Native.X64;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Native.Compilation;

/// <summary>
/// Compiles a module in one pass over its code: decode, charge, emit, and at the end link the jumps that went ahead.
/// There is no intermediate form.
/// </summary>
/// <remarks>
/// What comes out is one run of bytes that can lie anywhere: stubs, code, cold exits, tables of targets. Only the
/// tables of <c>br_table</c> hold addresses; they are filled in when the code has its place.
/// </remarks>
internal sealed partial class ModuleCompiler
{
    /// <summary>More than the longest lowering of one instruction, with the charge of its block before it.</summary>
    private const int MaxInstructionBytes = 256;

    private readonly Assembler _code;
    private readonly InstructionLowering _lowering;
    private readonly Module _module;
    private readonly BasicBlockMap _blocks;
    private readonly BlockCosts _costs;
    private readonly ExitStubs _stubs;
    private readonly uint _codeBase;
    private readonly int _codeLength;

    // Native position of every halfword of code, and of its end; see NativeCode.
    private readonly int[] _positions;
    private readonly List<PendingJump> _pendingJumps = [];
    private readonly List<ColdExit> _coldExits = [];
    private readonly List<StopCheck> _stopChecks = [];
    private readonly List<TableReference> _tableReferences = [];

    private ModuleCompiler(Module module, GasModel model, Assembler code, CompilerOptions options)
    {
        _module = module;
        _code = code;
        _lowering = new InstructionLowering(code, options.Features);
        _blocks = module.Blocks;
        _costs = module.Price(model);
        _codeBase = module.Program.CodeBase;
        _codeLength = module.Program.Code.Length;
        _positions = new int[(_codeLength + 1) / 2 + 1];
        _stubs = ExitStubs.Emit(code, options.WriteGsBase);
    }

    private bool IsMetered => _costs.Model != GasModel.None;

    /// <summary>Compiles a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="model">The gas model to charge by.</param>
    /// <param name="code">Empty; receives the code.</param>
    /// <param name="options">What the machine can do.</param>
    internal static CompiledModule Compile(Module module, GasModel model, Assembler code, CompilerOptions options)
    {
        var compiler = new ModuleCompiler(module, model, code, options);
        compiler.EmitInstructions();
        compiler.EmitStopChecks();
        compiler.EmitColdExits();
        compiler.LinkJumps();
        var tables = compiler.EmitTables();
        return new CompiledModule(compiler._positions, compiler._stubs.Entry, tables, options.WriteGsBase);
    }

    private void EmitInstructions()
    {
        var program = _module.Program;
        var code = program.Code.Span;
        var block = 0;
        for (var offset = 0; offset < code.Length;)
        {
            _code.EnsureRoom(MaxInstructionBytes);
            _positions[offset >> 1] = _code.Position;
            if (_blocks.IsStart((uint)offset))
            {
                EmitCharge((uint)offset, _costs[block++]);
            }

            var instruction = Decoder.Decode(code, offset, program.Profile);
            EmitInstruction(instruction, (uint)offset);
            if (instruction.Length > 2)
            {
                // The second halfword gets the next instruction's position, which keeps the positions ascending.
                _positions[(offset >> 1) + 1] = _code.Position;
            }

            offset += instruction.Length;
        }

        // Running off the end is a panic whose program counter is the code's length.
        _code.EnsureRoom(MaxInstructionBytes);
        _positions[(_codeLength + 1) / 2] = _code.Position;
        EmitExit(ExitKind.Panic, _codeBase + (uint)_codeLength);
    }

    private void EmitCharge(uint offset, ulong cost)
    {
        if (!IsMetered)
        {
            return;
        }

        if (cost <= int.MaxValue)
        {
            _code.Alu(AluOperation.Sub, wide: true, Frame.Gas, (int)cost);
        }
        else
        {
            _code.MoveImmediate(RegisterMap.Scratch, unchecked((long)cost));
            _code.AluToSlot(AluOperation.Sub, Frame.Gas, RegisterMap.Scratch);
        }

        // The caller gives back what was taken when there was too little.
        _coldExits.Add(new ColdExit(_code.Jump(Condition.Below), ExitKind.OutOfGas, _codeBase + offset));
    }

    private void EmitInstruction(in Instruction i, uint offset)
    {
        switch (i.Operation.Family)
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
                _lowering.Lower(i, _codeBase + offset);
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

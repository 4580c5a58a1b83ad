using System.Buffers.Binary;
using Pvm2.Native.Code;
using Pvm2.Native.Compilation;
using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native;

/// <summary>The machine code of a module under one gas model. It gives its place in the arena back when it is collected.</summary>
internal sealed unsafe class NativeCode : TierCode
{
    private readonly NativeHost _host;
    private readonly Module _module;
    private readonly CompiledModule _compiled;
    private readonly CodeBlock _block;
    private readonly nint _entry;
    private readonly int _size;

    private NativeCode(Module module, CompiledModule compiled, CodeBlock block, int size, NativeHost host)
    {
        _host = host;
        _module = module;
        _compiled = compiled;
        _block = block;
        _entry = block.Executable + compiled.Entry;
        _size = size;

        // Otherwise the collector would not know that freeing this small object frees much.
        GC.AddMemoryPressure(block.Size);
    }

    /// <summary>Where the code is executed.</summary>
    internal nint Start => _block.Executable;

    /// <summary>Nothing runs in the block any more: a run keeps this object alive.</summary>
    ~NativeCode()
    {
        _host.Arena.Free(_block);
        GC.RemoveMemoryPressure(_block.Size);
    }

    /// <summary>Puts compiled code into the arena.</summary>
    /// <exception cref="InsufficientMemoryException">The arena is full.</exception>
    internal static NativeCode Install(
        Module module, CompiledModule compiled, ReadOnlySpan<byte> code, NativeHost host, bool forProfilers)
    {
        if (!host.Arena.TryAllocate(code.Length, forProfilers, out var block))
        {
            // What nobody uses any more holds its place until it is collected.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            if (!host.Arena.TryAllocate(code.Length, forProfilers, out block))
            {
                throw new InsufficientMemoryException("The code arena is full.");
            }
        }

        CodeChunk.Write(block, code);
        foreach (var table in compiled.Tables)
        {
            PlaceTable(block, table);
        }

        return new NativeCode(module, compiled, block, code.Length, host);
    }

    /// <inheritdoc/>
    public override void Run(ExecutionState* state)
    {
        var window = state->Window;
        if (window == null || (!_compiled.WritesGsBase && !SegmentBase.TrySet((nint)window)))
        {
            throw new InvalidOperationException("The instance's memory is not one that native code can use.");
        }

        // A program counter on entry is a block start or the end of the code, and both have a position.
        var target = _block.Executable + _compiled.Map.PositionOf(state->ProgramCounter - _module.Program.CodeBase);
        var result = ((delegate* unmanaged<ExecutionState*, nint, byte*, long>)_entry)(state, target, window);
        var kind = ExitStubs.KindOf(result);
        if (kind == ExitKind.HostCall)
        {
            // By far the most frequent exit, so it does not wait for the switch.
            state->Reason = ExitReason.HostCall;
            state->HostCallKind = HostCallKind.Selector;
            state->Selector = ExitStubs.DetailOf(result);
        }
        else
        {
            Report(state, kind, ExitStubs.DetailOf(result));
        }

        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    public override CodeStatistics GetStatistics() => CodeStatistics.OfAll(_module, CodeForm.MachineCode, _size);

    private static void PlaceTable(in CodeBlock block, TargetTable table)
    {
        // The table lies inside the block, which is this module's own.
        var entries = new Span<byte>((byte*)block.Writable + table.Position, table.Count * sizeof(ulong));
        for (var i = 0; i < table.Count; i++)
        {
            var entry = entries.Slice(i * sizeof(ulong), sizeof(ulong));
            var position = BinaryPrimitives.ReadInt64LittleEndian(entry);
            BinaryPrimitives.WriteInt64LittleEndian(entry, block.Executable + (nint)position);
        }
    }

    private void Report(ExecutionState* state, ExitKind kind, int detail)
    {
        switch (kind)
        {
            case ExitKind.OutOfGas:
                // The charge was taken before it was seen to be too much.
                state->Gas += _compiled.Costs[StopAtBlock(state, detail)];
                state->Reason = ExitReason.OutOfGas;
                break;
            case ExitKind.Panic:
                state->Reason = ExitReason.Panic;
                break;
            case ExitKind.ManagementCall:
                state->Reason = ExitReason.HostCall;
                state->HostCallKind = HostCallKind.Management;
                state->Selector = 0;
                break;
            case ExitKind.PageFault:
                state->Reason = ExitReason.PageFault;
                state->ProgramCounter = _module.Program.CodeBase + _compiled.Map.InstructionAt(detail);
                break;
            case ExitKind.StoppedAtIndirectJump:
                state->Reason = ExitReason.Cancelled;
                MakeIndirectJump(state);
                break;
            default:
                _ = StopAtBlock(state, detail);
                state->Reason = ExitReason.Cancelled;
                break;
        }
    }

    /// <summary>Sets the program counter to the start of the block that was left there, and says which one it is.</summary>
    private int StopAtBlock(ExecutionState* state, int returnPosition)
    {
        var block = BlockExits.BlockOf(_compiled.BlockExits, returnPosition);
        state->ProgramCounter = _module.Program.CodeBase + _module.Blocks.Starts[block];
        return block;
    }

    /// <summary>Makes a jump before which the run was stopped: a stopped run stands at a block start.</summary>
    private void MakeIndirectJump(ExecutionState* state)
    {
        var program = _module.Program;
        var offset = state->ProgramCounter - program.CodeBase;
        var jump = Decoder.Decode(program.Code.Span, (int)offset, program.Profile);
        var source = state->Registers[jump.Rs1];
        if (jump.Opcode == Opcode.BrTable)
        {
            state->ProgramCounter = program.JumpTables[jump.Immediate][(int)(uint)((source - 1) >> 1)];
            return;
        }

        state->ProgramCounter = (uint)(source + (ulong)(long)jump.Immediate) & ~1u;
        if (jump.Rd != 0)
        {
            state->Registers[jump.Rd] = program.CodeBase + offset + jump.Length;
        }
    }
}

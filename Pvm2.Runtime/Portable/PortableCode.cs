using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.Runtime.Portable;

/// <summary>
/// A module some of whose blocks are compiled to managed methods, while the interpreter executes the others, and in
/// compiled blocks what is rare. Whoever has compiled a region installs it here; as long as there is none, all blocks
/// are interpreted one by one.
/// </summary>
/// <remarks>
/// <para>Concurrency: runs on any number of threads share this object, and each has a state of its own. What they
/// share are the slots, which are installed while they run; <see cref="BlockSlot"/> has the order in which a slot is
/// written and read. A run that still sees the old slot takes the block's uncompiled way, which is always open; and
/// it makes no difference to a guest which way a block goes.</para>
/// <para>Memory: what <see cref="ExecutionState"/> and generated methods point to are pinned arrays that belong to
/// this object, which a run keeps alive. The code of methods belongs to whoever installs them, and must live as
/// long as this object.</para>
/// </remarks>
public abstract unsafe class PortableCode : TierCode
{
    private readonly SlotTable _slots;
    private readonly BlockInterpreter _interpreter;
    private readonly uint _codeBase;

    /// <summary>Makes code of which nothing is compiled.</summary>
    /// <param name="module">The module.</param>
    /// <param name="model">The gas model to charge by.</param>
    /// <exception cref="PlatformNotSupportedException">The process has no pointers of 64 bits.</exception>
    protected PortableCode(Module module, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (nint.Size != sizeof(long))
        {
            throw new PlatformNotSupportedException("Compiled guests need a process of 64 bits.");
        }

        Module = module;
        Model = model;
        _slots = new SlotTable(module);
        _interpreter = new BlockInterpreter(module, model);
        _codeBase = module.Program.CodeBase;
    }

    /// <summary>The module.</summary>
    protected Module Module { get; }

    /// <summary>The gas model to charge by.</summary>
    protected GasModel Model { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The program counter is where no run can start.</exception>
    public override void Run(ExecutionState* state)
    {
        var exit = Enter(state);
        if (exit.Kind == RegionExitKind.HostCall)
        {
            // By far the most frequent exit, so it does not wait for the switch.
            LeaveForHost(state, exit, HostCallKind.Selector);
        }
        else
        {
            Continue(state, exit);
        }

        GC.KeepAlive(this);
    }

    /// <summary>
    /// Lets blocks of a region be entered in compiled code from now on, also by runs that are under way. Several
    /// threads may install regions at the same time.
    /// </summary>
    /// <param name="region">A number that no other region of this module has; 0 or greater.</param>
    /// <param name="method">
    /// Entry point of a static managed method <c>long (ExecutionState* state, int entry)</c>; see
    /// <see cref="BlockSlot"/>, <see cref="RegionExit"/> and <see cref="PortableContext"/> for what it must do. The
    /// caller keeps it alive.
    /// </param>
    /// <param name="entryBlocks">The blocks; their places here are their entry numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such block, or the region is negative.</exception>
    /// <exception cref="InvalidOperationException">A block is compiled already.</exception>
    protected void Install(int region, nint method, ReadOnlySpan<int> entryBlocks) =>
        _slots.Install(region, method, entryBlocks);

    /// <summary>Whether a block can be entered in compiled code.</summary>
    /// <param name="block">Block number.</param>
    protected bool IsInstalled(int block) => _slots.IsInstalled(block);

    /// <summary>
    /// Executes at least the block at the program counter, which is not compiled, or is the end of the code. This one
    /// executes that block; others may count, and execute more.
    /// </summary>
    /// <param name="state">The run.</param>
    /// <returns>
    /// Whether the run goes on, at the block start that is now the program counter; if not, the state says why, as on
    /// return from <see cref="Run"/>.
    /// </returns>
    protected virtual bool RunUncompiled(ExecutionState* state) => _interpreter.RunBlock(state);

    /// <summary>Interprets blocks, at least one, until they have used up an amount of gas.</summary>
    /// <param name="state">The run, at the start of a block or the end of the code.</param>
    /// <param name="gas">The amount; where nothing is metered it counts instructions.</param>
    /// <param name="used">How much gas the blocks used; where nothing is metered it counts instructions.</param>
    /// <inheritdoc cref="RunUncompiled" path="/returns"/>
    protected bool InterpretSlice(ExecutionState* state, ulong gas, out ulong used) =>
        _interpreter.RunSlice(state, gas, out used);

    /// <summary>Goes on in whatever the slot of the block at the program counter leads to.</summary>
    private RegionExit Enter(ExecutionState* state)
    {
        state->TierContext = (nint)_slots.Context;
        var block = Module.Blocks.IndexOf(state->ProgramCounter - _codeBase);
        var slot = _slots.Slots + (block < 0 ? EndOfCode(state) : block);

        // The slots are this object's own, and the number is that of one of them.
        var entry = Volatile.Read(ref slot->Entry);
        return new RegionExit(((delegate*<ExecutionState*, int, long>)slot->Method)(state, entry));
    }

    private int EndOfCode(ExecutionState* state) =>
        state->ProgramCounter - _codeBase == (uint)Module.Program.Code.Length
            ? Module.Blocks.Count
            : throw new ArgumentException(
                $"No block starts at 0x{state->ProgramCounter:x}.", nameof(state));

    private void Continue(ExecutionState* state, RegionExit exit)
    {
        while (GoesOn(state, exit))
        {
            if (Volatile.Read(ref state->StopRequested) != 0)
            {
                state->Reason = ExitReason.Cancelled;
                return;
            }

            exit = Enter(state);
        }
    }

    /// <summary>Does what a generated method left to do.</summary>
    /// <inheritdoc cref="RunUncompiled" path="/returns"/>
    private bool GoesOn(ExecutionState* state, RegionExit exit)
    {
        switch (exit.Kind)
        {
            case RegionExitKind.Resume:
                return _interpreter.FinishBlock(state, exit.ProgramCounter);
            case RegionExitKind.NotCompiled:
                state->ProgramCounter = exit.ProgramCounter;
                return RunUncompiled(state);
            case RegionExitKind.HostCall:
                LeaveForHost(state, exit, HostCallKind.Selector);
                return false;
            case RegionExitKind.ManagementCall:
                LeaveForHost(state, exit, HostCallKind.Management);
                return false;
            default:
                state->ProgramCounter = exit.ProgramCounter;
                state->Reason = exit.Kind switch
                {
                    RegionExitKind.OutOfGas => ExitReason.OutOfGas,
                    RegionExitKind.Stopped => ExitReason.Cancelled,
                    _ => ExitReason.Panic,
                };
                return false;
        }
    }

    private static void LeaveForHost(ExecutionState* state, RegionExit exit, HostCallKind kind)
    {
        state->ProgramCounter = exit.ProgramCounter;
        state->Reason = ExitReason.HostCall;
        state->HostCallKind = kind;
        state->Selector = exit.Detail;
    }
}

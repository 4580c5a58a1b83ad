using System.Runtime.CompilerServices;
using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Memory;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Execution;

/// <summary>One guest: the memory, registers and gas of a module that runs.</summary>
/// <remarks>
/// Not safe for use by several threads at once; running it twice at once throws. Cancelling a run's token is safe
/// from any thread.
/// </remarks>
public sealed partial class Instance : IDisposable
{
    /// <summary>The most arguments that an entry point takes: a0 to a5.</summary>
    public const int MaxArguments = 6;

    // The longest time that .NET's timers take; nobody waits for it.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    private const int StackPointer = 2;
    private const int FirstArgument = 10;

    private readonly InstanceOptions _options;
    private readonly TierCode _code;
    private readonly HostCallTable _hostCalls;
    private readonly GasTank _gas;

    // Pinned, so that tiers may keep its address while they run.
    private readonly ExecutionState[] _state = GC.AllocateArray<ExecutionState>(1, pinned: true);
    private RunPhase _phase;
    private int _running;
    private bool _disposed;

    internal Instance(Module module, InstanceOptions options)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("PVM2 guests are little-endian, and this machine is not.");
        }

        Module = module;
        _options = options;
        _hostCalls = options.HostCalls;
        var prepared = module.Prepare(options.Tier, options.GasModel);
        _code = prepared.Code;
        _gas = new GasTank(_state, options.Gas);
        Memory = new GuestMemory(module.Memory, prepared.Memory.Create());
        Memory.Describe(ref State);
        Registers = new GuestRegisters(_state);
        EngineEvents.Log.InstanceCreated();
    }

    /// <summary>What the instance is of.</summary>
    public Module Module { get; }

    /// <summary>x0 to x15.</summary>
    public GuestRegisters Registers { get; }

    /// <summary>The guest's memory.</summary>
    public GuestMemory Memory { get; }

    /// <summary>Where the run stands, as the guest counts; see <see cref="Exit.ProgramCounter"/>.</summary>
    public uint ProgramCounter => State.ProgramCounter;

    /// <summary>How blocks get their price.</summary>
    public GasModel GasModel => _options.GasModel;

    /// <summary>Gas left; null where nothing is metered.</summary>
    public ulong? GasLeft => IsMetered ? _gas.Left : null;

    /// <summary>Gas used since the instance was made or reset, by all its runs; null where nothing is metered.</summary>
    public ulong? GasUsed => IsMetered ? _gas.Used : null;

    private ref ExecutionState State => ref _state[0];

    private bool IsMetered => _options.GasModel != GasModel.None;

    /// <summary>Adds gas, up to 2^64 − 1 in all; nothing happens where nothing is metered.</summary>
    /// <remarks>To be used between runs and in host calls.</remarks>
    public void AddGas(ulong amount) => _gas.Add(amount);

    /// <summary>Takes gas for something that the host does, all of the amount or nothing.</summary>
    /// <remarks>To be used between runs and in host calls.</remarks>
    /// <returns>Whether there was enough; true where nothing is metered.</returns>
    public bool TryTakeGas(ulong amount) => !IsMetered || _gas.TryTake(amount);

    /// <summary>
    /// Makes ready to run from an entry point: sp at the end of the stack, or 0 if there is none; a0 to a5 the
    /// arguments; every other register zero. Memory and gas stay as they are.
    /// </summary>
    /// <param name="entry">Name of the entry point; null for the default one.</param>
    /// <param name="arguments">At most six.</param>
    /// <exception cref="ArgumentException">There is no such entry point, or there are too many arguments.</exception>
    /// <exception cref="InvalidOperationException">The instance is running.</exception>
    /// <exception cref="ObjectDisposedException">The instance was disposed.</exception>
    public void Start(string? entry = null, params ReadOnlySpan<ulong> arguments)
    {
        var offset = FindEntry(entry);
        if (arguments.Length > MaxArguments)
        {
            throw new ArgumentException(
                $"An entry point takes at most {MaxArguments} arguments, not {arguments.Length}.", nameof(arguments));
        }

        Enter();
        try
        {
            ClearRegisters();
            Registers[StackPointer] = Module.Program.Stack.Size == 0 ? 0 : Module.Program.Stack.End;
            for (var i = 0; i < arguments.Length; i++)
            {
                Registers[FirstArgument + i] = arguments[i];
            }

            State.ProgramCounter = Module.Program.CodeBase + offset;
            _phase = RunPhase.Ready;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Runs until an exit, from where <see cref="Start"/> or the last exit left it.</summary>
    /// <param name="cancellation">
    /// Pauses the run at the start of a block, within about a millisecond. A single block is never interrupted.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// Nothing was started, the run has ended, or the instance is running already.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The instance was disposed.</exception>
    public Exit Run(CancellationToken cancellation = default) => Run(new RunLimits { Cancellation = cancellation });

    /// <summary>Runs until an exit or a limit, from where <see cref="Start"/> or the last exit left it.</summary>
    /// <param name="limits">What pauses the run besides the guest.</param>
    /// <exception cref="ArgumentException">
    /// There is a limit of gas and nothing is metered, or the time is negative.
    /// </exception>
    /// <exception cref="OutOfMemoryException">Code that was dropped cannot be made again.</exception>
    /// <inheritdoc cref="Run(CancellationToken)" path="/exception"/>
    public Exit Run(RunLimits limits) => EngineEvents.Log.IsEnabled() ? RunAndTell(limits) : RunOnce(limits);

    private Exit RunOnce(in RunLimits limits)
    {
        ThrowIfImpossible(limits);
        Enter();
        try
        {
            ThrowIfNotReady();
            Memory.Acquire();
            try
            {
                // Disposing a registration waits for a callback that is under way, so none comes late.
                using var registration = StopWith(limits.Cancellation);
                using var timer = !IsMetered && limits.Time is { } time ? StartTimer(time) : null;
                using var timerRegistration = StopWith(timer?.Token ?? default);
                return RunUntilExit(limits);
            }
            finally
            {
                Memory.Release();
                Volatile.Write(ref State.StopRequested, 0);
                _gas.Collect();
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Starts at an entry point and runs until an exit.</summary>
    /// <param name="entry">Name of the entry point; null for the default one.</param>
    /// <param name="arguments">At most six.</param>
    /// <exception cref="ArgumentException">There is no such entry point, or there are too many arguments.</exception>
    /// <exception cref="InvalidOperationException">The instance is running.</exception>
    /// <exception cref="ObjectDisposedException">The instance was disposed.</exception>
    public Exit Call(string? entry = null, params ReadOnlySpan<ulong> arguments)
    {
        Start(entry, arguments);
        return Run();
    }

    /// <summary>Makes the instance what it was at first: memory, registers, gas, and nothing started.</summary>
    /// <exception cref="InvalidOperationException">The instance is running.</exception>
    /// <exception cref="ObjectDisposedException">The instance was disposed.</exception>
    public void Reset()
    {
        Enter();
        try
        {
            Memory.Acquire();
            try
            {
                Memory.Reset();
            }
            finally
            {
                Memory.Release();
            }

            ClearRegisters();
            State.ProgramCounter = 0;
            _gas.Fill(_options.Gas);
            _phase = RunPhase.Idle;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Frees the guest's memory, as soon as the instance does not run any more.</summary>
    public void Dispose()
    {
        _disposed = true;
        Memory.Dispose();
    }

    /// <summary>Runs, and tells who listens to the engine's events; apart, since hardly ever anyone does.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Exit RunAndTell(in RunLimits limits)
    {
        var usedBefore = _gas.Used;
        var exit = RunOnce(limits);
        EngineEvents.Log.Ended(Module, CurrentTier.Name, exit, _gas.Used - usedBefore);
        return exit;
    }

    private unsafe Exit RunUntilExit(in RunLimits limits)
    {
        // The array is pinned, and the instance that holds it is alive until Run returns.
        var state = (ExecutionState*)Unsafe.AsPointer(ref State);
        var pacer = IsMetered ? GasPacer.Start(limits) : default;
        _gas.Begin(limits.Gas);
        _gas.Deal(pacer.Next());
        while (!IsStopRequested(state) && !pacer.IsTimeOver)
        {
            _code.Run(state);
            switch (state->Reason)
            {
                case ExitReason.HostCall:
                    // The guest goes on with the gas it has; what a handler adds is dealt out when that is used up.
                    var handler = _hostCalls.Find(state->HostCallKind, state->Selector);
                    var action = handler is null ? HostCallAction.Pause : handler(this);
                    if (action != HostCallAction.Continue)
                    {
                        return EndAtHostCall(action);
                    }

                    break;
                case ExitReason.OutOfGas:
                    if (!_gas.HasReserve)
                    {
                        return new Exit(ExitReason.OutOfGas, state->ProgramCounter);
                    }

                    if (_gas.IsAtMark)
                    {
                        return new Exit(ExitReason.Cancelled, state->ProgramCounter);
                    }

                    _gas.Deal(pacer.Next());
                    break;
                case ExitReason.PageFault:
                    return End(new Exit(ExitReason.PageFault, state->ProgramCounter, state->FaultAddress));
                case ExitReason.Cancelled:
                    break;
                default:
                    return End(new Exit(state->Reason, state->ProgramCounter));
            }
        }

        return new Exit(ExitReason.Cancelled, state->ProgramCounter);
    }

    private Exit EndAtHostCall(HostCallAction action)
    {
        var reason = action == HostCallAction.Halt ? ExitReason.Halt : ExitReason.HostCall;
        return End(new Exit(reason, State.ProgramCounter, 0, State.HostCallKind, State.Selector));
    }

    private Exit End(Exit exit)
    {
        _phase = exit.IsResumable ? RunPhase.Ready : RunPhase.Ended;
        return exit;
    }

    private static unsafe bool IsStopRequested(ExecutionState* state) =>
        (Volatile.Read(ref state->StopRequested) & ExecutionState.StopForHost) != 0;

    private static CancellationTokenSource StartTimer(TimeSpan time)
    {
        var timer = new CancellationTokenSource();
        if (time == TimeSpan.Zero)
        {
            timer.Cancel();
        }
        else if (time < LongestTimer)
        {
            // A whole number of milliseconds, and never less than was asked for.
            timer.CancelAfter(TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds)));
        }

        return timer;
    }

    private CancellationTokenRegistration StopWith(CancellationToken cancellation) =>
        cancellation.UnsafeRegister(static instance => ((Instance)instance!).RequestStop(), this);

    private void RequestStop() => Interlocked.Or(ref State.StopRequested, ExecutionState.StopForHost);

    private void ThrowIfImpossible(in RunLimits limits)
    {
        if (limits.Gas is not null && !IsMetered)
        {
            throw new ArgumentException("Nothing is metered, so no amount of gas can pause the run.", nameof(limits));
        }

        if (limits.Time < TimeSpan.Zero)
        {
            throw new ArgumentException("A run's time cannot be negative.", nameof(limits));
        }
    }

    private uint FindEntry(string? name)
    {
        if (name is null)
        {
            return Module.Program.EntryPoints[0].Offset;
        }

        foreach (var entry in Module.Program.EntryPoints)
        {
            if (entry.Name == name)
            {
                return entry.Offset;
            }
        }

        throw new ArgumentException($"The program has no entry point '{name}'.", nameof(name));
    }

    private unsafe void ClearRegisters() => new Span<ulong>(
        Unsafe.AsPointer(ref State.Registers[0]), RegisterNames.Count).Clear();

    private void ThrowIfNotReady()
    {
        if (_phase != RunPhase.Ready)
        {
            throw new InvalidOperationException(
                _phase == RunPhase.Idle ? "Nothing was started." : "The run has ended; start another.");
        }
    }

    private void Enter()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("The instance is running.");
        }
    }

    private void Leave() => Volatile.Write(ref _running, 0);
}

using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Embedding;

/// <summary>What came of calling a function of a guest: how the run left the guest, and what a0 held then.</summary>
/// <param name="Exit">How the run ended or paused.</param>
/// <param name="A0">The register a0 at that exit, in which a function that returns leaves its result.</param>
public readonly record struct GuestCall(Exit Exit, ulong A0)
{
    private const int ResultRegister = 10;

    /// <summary>
    /// Whether the function came to its end: the host halted the run, or the guest made host call 0, the
    /// conventional end, and the host answers it with nothing of its own.
    /// </summary>
    public bool HasReturned => Exit is { Reason: ExitReason.Halt }
        or { Reason: ExitReason.HostCall, Kind: HostCallKind.Selector, Selector: DefaultHost.HaltSelector };

    /// <summary>The function's result.</summary>
    /// <exception cref="InvalidOperationException">
    /// The function has not returned; ask <see cref="HasReturned"/> or <see cref="TryGetValue"/> where the guest may
    /// fail.
    /// </exception>
    public ulong Value => HasReturned
        ? A0
        : throw new InvalidOperationException($"The guest has not returned: {Exit.Reason} at 0x{Exit.ProgramCounter:x}.");

    /// <summary>Starts at an entry point and runs until an exit.</summary>
    /// <param name="instance">The guest.</param>
    /// <param name="entry">Name of the entry point; null for the default one.</param>
    /// <param name="arguments">At most six, for a0 to a5; registers without an argument are zero.</param>
    /// <param name="cancellation">Pauses the run at the start of a block.</param>
    /// <exception cref="ArgumentException">There is no such entry point, or there are too many arguments.</exception>
    /// <exception cref="InvalidOperationException">The instance is running.</exception>
    /// <exception cref="ObjectDisposedException">The instance was disposed.</exception>
    public static GuestCall Begin(
        Instance instance, string? entry, ReadOnlySpan<ulong> arguments, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(instance);
        instance.Start(entry, arguments);
        return Resume(instance, cancellation);
    }

    /// <summary>Goes on after an exit that is resumable, until the next one.</summary>
    /// <param name="instance">The guest.</param>
    /// <param name="cancellation">Pauses the run at the start of a block.</param>
    /// <exception cref="InvalidOperationException">
    /// Nothing was started, the run has ended, or the instance is running already.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The instance was disposed.</exception>
    public static GuestCall Resume(Instance instance, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var exit = instance.Run(cancellation);
        return new GuestCall(exit, instance.Registers[ResultRegister]);
    }

    /// <summary>The function's result, if it has returned.</summary>
    /// <param name="value">The result; 0 if there is none.</param>
    /// <returns><see cref="HasReturned"/>.</returns>
    public bool TryGetValue(out ulong value)
    {
        value = HasReturned ? A0 : 0;
        return HasReturned;
    }
}

namespace Pvm2.Runtime.Execution;

/// <summary>
/// The host calls that an embedder answers, by selector. One table may serve many instances, and must not change
/// while one of them runs.
/// </summary>
public sealed class HostCallTable
{
    /// <summary>The lowest selector that <c>ecalli</c> can name.</summary>
    public const int MinSelector = -2048;

    /// <summary>The highest selector that <c>ecalli</c> can name.</summary>
    public const int MaxSelector = 2047;

    private readonly HostCallHandler?[] _handlers = new HostCallHandler?[MaxSelector - MinSelector + 1];
    private HostCallHandler? _management;

    /// <summary>Has <c>ecalli</c> with a selector answered by a handler, instead of any earlier one.</summary>
    /// <param name="selector"><see cref="MinSelector"/> to <see cref="MaxSelector"/>.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>This table.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No instruction can name the selector.</exception>
    public HostCallTable Register(int selector, HostCallHandler handler)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(selector, MinSelector);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(selector, MaxSelector);
        ArgumentNullException.ThrowIfNull(handler);
        _handlers[selector - MinSelector] = handler;
        return this;
    }

    /// <summary>Has <c>ecall.jar</c> answered by a handler, instead of any earlier one.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>This table.</returns>
    public HostCallTable RegisterManagement(HostCallHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _management = handler;
        return this;
    }

    /// <summary>The handler of a call; null where the call leaves the run.</summary>
    internal HostCallHandler? Find(HostCallKind kind, int selector) =>
        kind == HostCallKind.Management ? _management : _handlers[selector - MinSelector];
}

using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Diagnostics;

/// <summary>
/// Counts the host calls that a table's handlers answer, by selector. It costs an addition and an indirect call each.
/// Not safe for use by several threads at once: one for each instance.
/// </summary>
public sealed class HostCallCounts
{
    private readonly ulong[] _calls = new ulong[HostCallTable.MaxSelector - HostCallTable.MinSelector + 1];

    /// <summary>Management calls that were answered.</summary>
    public ulong ManagementCalls { get; private set; }

    /// <summary>The selectors that were called, ascending, and how often.</summary>
    public IEnumerable<(int Selector, ulong Calls)> Selectors
    {
        get
        {
            for (var place = 0; place < _calls.Length; place++)
            {
                if (_calls[place] != 0)
                {
                    yield return (place + HostCallTable.MinSelector, _calls[place]);
                }
            }
        }
    }

    /// <summary>Makes a table that answers as another does now, and counts here.</summary>
    /// <param name="table">The other table.</param>
    public HostCallTable Observe(HostCallTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var observed = new HostCallTable();
        for (var selector = HostCallTable.MinSelector; selector <= HostCallTable.MaxSelector; selector++)
        {
            if (table.Find(HostCallKind.Selector, selector) is { } handler)
            {
                observed.Register(selector, Count(handler, selector - HostCallTable.MinSelector));
            }
        }

        return table.Find(HostCallKind.Management, 0) is { } management
            ? observed.RegisterManagement(CountManagement(management))
            : observed;
    }

    private HostCallHandler Count(HostCallHandler handler, int place) => caller =>
    {
        _calls[place]++;
        return handler(caller);
    };

    private HostCallHandler CountManagement(HostCallHandler handler) => caller =>
    {
        ManagementCalls++;
        return handler(caller);
    };
}

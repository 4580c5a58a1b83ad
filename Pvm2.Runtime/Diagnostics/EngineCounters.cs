using System.Diagnostics.Tracing;
using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Diagnostics;

/// <summary>
/// The counts behind the counters of <see cref="EngineEvents"/>. Each is changed by interlocked additions alone; those
/// that belong together, such as blocks and bytes, may be read at different moments.
/// </summary>
internal sealed class EngineCounters : IDisposable
{
    private const string OtherTiers = "other";

    private static readonly string[] Tiers = ["interpreter", "il", "aot", "native", OtherTiers];

    private static readonly (ExitReason Reason, string Name, string Title)[] Exits =
    [
        (ExitReason.Halt, "halt", "Runs halted"),
        (ExitReason.HostCall, "host-call", "Runs left at host calls"),
        (ExitReason.OutOfGas, "out-of-gas", "Runs out of gas"),
        (ExitReason.PageFault, "page-fault", "Runs ended by page faults"),
        (ExitReason.Panic, "panic", "Runs ended by panics"),
        (ExitReason.Cancelled, "cancelled", "Runs paused by the host"),
    ];

    private readonly Lock _publishing = new();
    private readonly long[] _blocks = new long[Tiers.Length];
    private readonly long[] _bytes = new long[Tiers.Length];
    private readonly long[] _exits = new long[Exits.Length];
    private DiagnosticCounter[] _published = [];
    private long _modules;
    private long _instances;
    private long _promotions;
    private long _gas;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_publishing)
        {
            foreach (var counter in _published)
            {
                counter.Dispose();
            }

            _published = [];
        }
    }

    internal void AddModule() => Interlocked.Increment(ref _modules);

    internal void AddInstance() => Interlocked.Increment(ref _instances);

    internal void AddPromotion() => Interlocked.Increment(ref _promotions);

    internal void AddCode(string tier, int blocks, long bytes)
    {
        var place = Array.IndexOf(Tiers, tier);
        place = place < 0 ? Tiers.Length - 1 : place;
        Interlocked.Add(ref _blocks[place], blocks);
        Interlocked.Add(ref _bytes[place], bytes);
    }

    internal void AddExit(ExitReason reason, ulong gas)
    {
        Interlocked.Increment(ref _exits[(int)reason]);
        Interlocked.Add(ref _gas, (long)gas);
    }

    /// <summary>Shows the counters to whoever listens to a source; once is enough for all that ever will.</summary>
    internal void Publish(EventSource source)
    {
        lock (_publishing)
        {
            if (_published.Length == 0)
            {
                _published = [.. Totals(source), .. Rates(source)];
            }
        }
    }

    private IEnumerable<DiagnosticCounter> Totals(EventSource source)
    {
        yield return Total(source, "modules", "Modules made", string.Empty, () => Volatile.Read(ref _modules));
        yield return Total(source, "instances", "Instances made", string.Empty, () => Volatile.Read(ref _instances));
        yield return Total(source, "promotions", "Promotions", string.Empty, () => Volatile.Read(ref _promotions));
        for (var tier = 0; tier < Tiers.Length; tier++)
        {
            var place = tier;
            yield return Total(
                source, $"blocks-compiled-{Tiers[tier]}", $"Blocks compiled ({Tiers[tier]})", "blocks", () => Volatile.Read(ref _blocks[place]));
            yield return Total(
                source, $"code-bytes-{Tiers[tier]}", $"Code made ({Tiers[tier]})", "B", () => Volatile.Read(ref _bytes[place]));
        }
    }

    private IEnumerable<DiagnosticCounter> Rates(EventSource source)
    {
        yield return Rate(source, "gas-used", "Gas used", "gas", () => Volatile.Read(ref _gas));
        foreach (var (reason, name, title) in Exits)
        {
            yield return Rate(source, $"exits-{name}", title, "exits", () => Volatile.Read(ref _exits[(int)reason]));
        }
    }

    private static PollingCounter Total(EventSource source, string name, string title, string units, Func<long> read) =>
        new(name, source, () => read()) { DisplayName = title, DisplayUnits = units };

    private static IncrementingPollingCounter Rate(EventSource source, string name, string title, string units, Func<long> read) =>
        new(name, source, () => read())
        {
            DisplayName = title,
            DisplayUnits = units,
            DisplayRateTimeScale = TimeSpan.FromSeconds(1),
        };
}

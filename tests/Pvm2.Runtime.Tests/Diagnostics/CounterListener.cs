using System.Diagnostics.Tracing;
using System.Globalization;
using Pvm2.Runtime.Diagnostics;
using Xunit;

namespace Pvm2.Runtime.Tests.Diagnostics;

/// <summary>Listens to the engine as tools do: its counters, which come from time to time, and its events.</summary>
internal sealed class CounterListener : EventListener
{
    private const string Interval = "0.02";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, double> _values = [];
    private readonly List<string> _events = [];
    private int _rounds;

    /// <summary>The events, as name and fields.</summary>
    internal string[] Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Listens to everything from now on.</summary>
    internal void Listen()
    {
        EnableEvents(
            EngineEvents.Log,
            EventLevel.Verbose,
            EventKeywords.All,
            new Dictionary<string, string?> { ["EventCounterIntervalSec"] = Interval });
        WaitForRounds(2);
    }

    /// <summary>The counters after two more rounds, so that nothing that has happened is missing: totals, and sums of what was counted.</summary>
    internal Dictionary<string, double> Read()
    {
        WaitForRounds(2);
        lock (_lock)
        {
            return new Dictionary<string, double>(_values);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventSource.Name != EngineEvents.SourceName)
        {
            return;
        }

        lock (_lock)
        {
            if (eventData.EventName == "EventCounters")
            {
                Count((IDictionary<string, object?>)eventData.Payload![0]!);
            }
            else
            {
                var fields = eventData.PayloadNames!.Zip(eventData.Payload!, (name, value) => $"{name}={value}");
                _events.Add($"{eventData.EventName} {string.Join(' ', fields)}");
            }
        }
    }

    private void Count(IDictionary<string, object?> counter)
    {
        var name = (string)counter["Name"]!;
        if (counter.TryGetValue("Increment", out var increment))
        {
            _values[name] = _values.GetValueOrDefault(name) + Convert.ToDouble(increment, CultureInfo.InvariantCulture);
        }
        else
        {
            _values[name] = Convert.ToDouble(counter["Mean"], CultureInfo.InvariantCulture);
        }

        // The last of those that are published, so that a round is over.
        _rounds += name == "exits-cancelled" ? 1 : 0;
    }

    private void WaitForRounds(int count)
    {
        var last = 0;
        lock (_lock)
        {
            last = _rounds + count;
        }

        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    lock (_lock)
                    {
                        return _rounds >= last;
                    }
                },
                TimeSpan.FromMinutes(1)),
            "The counters did not come.");
    }
}

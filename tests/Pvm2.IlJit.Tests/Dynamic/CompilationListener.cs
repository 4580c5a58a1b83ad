using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Pvm2.IlJit.Tests.Dynamic;

/// <summary>Hears from the runtime how it compiled each dynamic method.</summary>
internal sealed class CompilationListener : EventListener
{
    private const EventKeywords Jit = (EventKeywords)0x10;
    private const int TierShift = 7;
    private const uint TierMask = 7;

    private readonly ConcurrentDictionary<string, OptimizationTier> _tiers = new();

    /// <summary>The runtime's names for how a method was compiled.</summary>
    internal enum OptimizationTier
    {
        Unknown,
        MinOptJitted,
        Optimized,
    }

    /// <summary>How the methods that were compiled so far were, by name.</summary>
    internal IReadOnlyDictionary<string, OptimizationTier> Tiers => _tiers;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
        {
            EnableEvents(eventSource, EventLevel.Verbose, Jit);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) != true
            || Field("MethodNamespace") is not "dynamicClass"
            || Field("MethodName") is not string name
            || Field("MethodFlags") is not uint flags)
        {
            return;
        }

        _tiers[name] = (OptimizationTier)((flags >> TierShift) & TierMask);

        object? Field(string field) => eventData.Payload?[eventData.PayloadNames!.IndexOf(field)];
    }
}

namespace Pvm2.Runtime.Text.Layout;

/// <summary>What a source says about its regions besides what they hold.</summary>
internal sealed class RegionRequests
{
    /// <summary>Bytes of stack, before they are rounded up to pages.</summary>
    internal long StackSize { get; set; }

    /// <summary>Bytes of heap, before they are rounded up to pages.</summary>
    internal long HeapSize { get; set; }

    /// <summary>Where <c>.region</c> puts regions, by the name that the directive uses.</summary>
    internal Dictionary<string, RegionPlacement> Placements { get; } = new(StringComparer.Ordinal);
}

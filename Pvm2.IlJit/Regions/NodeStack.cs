namespace Pvm2.IlJit.Regions;

/// <summary>A stack of numbers whose upper part can be looked at.</summary>
internal sealed class NodeStack
{
    private int[] _items = new int[64];

    /// <summary>How many there are.</summary>
    internal int Count { get; private set; }

    /// <summary>The uppermost one; there must be one.</summary>
    internal ref int Top => ref _items[Count - 1];

    /// <summary>Adds one.</summary>
    internal void Push(int item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, 2 * Count);
        }

        _items[Count++] = item;
    }

    /// <summary>Takes the uppermost one away.</summary>
    internal void Pop() => Count--;

    /// <summary>Takes some away.</summary>
    internal void Drop(int count) => Count -= count;

    /// <summary>An item that is on the stack, and all above it, until the stack changes.</summary>
    internal ReadOnlySpan<int> From(int item)
    {
        var items = _items.AsSpan(0, Count);
        return items[items.LastIndexOf(item)..];
    }
}

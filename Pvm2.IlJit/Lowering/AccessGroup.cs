namespace Pvm2.IlJit.Lowering;

/// <summary>
/// Loads and stores of a block that start from one register while it keeps its value: one comparison covers them all.
/// </summary>
internal sealed class AccessGroup
{
    /// <summary>The lowest offset from the register.</summary>
    internal int Lowest { get; private set; } = int.MaxValue;

    /// <summary>The offset after the last byte.</summary>
    internal int End { get; private set; } = int.MinValue;

    /// <summary>Whether there is a store among them.</summary>
    internal bool HasStore { get; private set; }

    /// <summary>Bytes from the first one to the last one.</summary>
    internal uint Bytes => (uint)(End - Lowest);

    /// <summary>Takes in an access.</summary>
    /// <param name="offset">Its offset from the register.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="isStore">Whether it is a store.</param>
    internal void Add(int offset, int size, bool isStore)
    {
        Lowest = Math.Min(Lowest, offset);
        End = Math.Max(End, offset + size);
        HasStore |= isStore;
    }
}

using System.Collections;

namespace Pvm2.Guests.Generator.Model;

/// <summary>A list that equals another with equal elements, so that the compiler sees when nothing has changed.</summary>
/// <typeparam name="T">What it holds.</typeparam>
/// <param name="items">The elements, which must not change any more.</param>
internal sealed class EquatableArray<T>(IReadOnlyList<T> items) : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
    where T : IEquatable<T>
{
    /// <inheritdoc/>
    public int Count => items.Count;

    /// <inheritdoc/>
    public T this[int index] => items[index];

    /// <inheritdoc/>
    public bool Equals(EquatableArray<T>? other) => other is not null && this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EquatableArray<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => items.Aggregate(items.Count, (hash, item) => (hash * 31) + item.GetHashCode());

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

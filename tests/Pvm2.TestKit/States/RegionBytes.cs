namespace Pvm2.TestKit.States;

/// <summary>A copy of a range of memory.</summary>
/// <param name="Address">Its first byte.</param>
/// <param name="Bytes">The bytes.</param>
public readonly record struct RegionBytes(uint Address, ReadOnlyMemory<byte> Bytes);

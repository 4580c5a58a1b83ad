namespace Pvm2.Compare.Protocol;

/// <summary>Memory of an engine's process.</summary>
/// <param name="Resident">Bytes now.</param>
/// <param name="Peak">The most bytes since this was asked for the last time, or since the start where the system keeps nothing else.</param>
public readonly record struct MemoryUse(long Resident, long Peak);

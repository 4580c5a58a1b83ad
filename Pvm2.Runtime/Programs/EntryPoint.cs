namespace Pvm2.Runtime.Programs;

/// <summary>A place in the code where a host may start a run.</summary>
/// <param name="Name">Name that the host asks for.</param>
/// <param name="Offset">Byte offset into the code; a block start.</param>
public readonly record struct EntryPoint(string Name, uint Offset);

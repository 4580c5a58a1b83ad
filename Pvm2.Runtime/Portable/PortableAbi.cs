namespace Pvm2.Runtime.Portable;

/// <summary>
/// What generated code and this runtime agree on: the places in <see cref="Execution.ExecutionState"/>,
/// <see cref="PortableContext"/> and <see cref="BlockSlot"/>, the bits of <see cref="RegionExit"/>, and the methods of
/// <see cref="Arithmetic"/>; and what is part of the code of a program: the numbers of its blocks, which of them are
/// heads of loops, what they cost, the order of jump table entries, and the main runs of its memory. A saved guest states the
/// runs, which are compared when it is loaded.
/// </summary>
public static class PortableAbi
{
    /// <summary>
    /// The number of the agreement. It is raised when any of it changes, so that a saved assembly is not run by a
    /// runtime that it was not compiled for; and when code was wrong that was made under it: of version 1 are assemblies in
    /// which a rotation may be compared with zero wrongly.
    /// </summary>
    public const int Version = 2;
}

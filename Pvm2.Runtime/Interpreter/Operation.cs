using System.Runtime.InteropServices;
using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter;

/// <summary>
/// One slot of a predecoded program: an instruction with its operands resolved, what the predecoder put between
/// instructions, or more operands of the slot before.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal unsafe struct Operation
{
    /// <summary>Bytes of a slot.</summary>
    internal const int Size = 16;

    /// <summary>
    /// What executes this slot, and those after it that it is fused with. It ends in a call of the handler of the
    /// slot where execution goes on.
    /// </summary>
    [FieldOffset(0)]
    internal delegate*<Operation*, ExecutionState*, void> Handler;

    /// <summary>Where the destination is in the state.</summary>
    [FieldOffset(8)]
    internal byte Rd;

    /// <summary>Where the first source is in the state.</summary>
    [FieldOffset(9)]
    internal byte Rs1;

    /// <summary>Where the second source is in the state.</summary>
    [FieldOffset(10)]
    internal byte Rs2;

    /// <summary>
    /// The immediate; of a load or store less the start of the main run; of a jump the distance to its target in
    /// slots; of a table jump the size of its table.
    /// </summary>
    [FieldOffset(12)]
    internal int Immediate;

    /// <summary>The gas that a block's first slot takes.</summary>
    [FieldOffset(12)]
    internal uint Cost;

    /// <summary>In a slot of operands: a number.</summary>
    [FieldOffset(8)]
    internal ulong Number;

    /// <summary>In a slot of operands: the targets of a table jump.</summary>
    [FieldOffset(8)]
    internal Operation** Targets;
}

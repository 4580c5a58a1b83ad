using System.Runtime.InteropServices;
using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter;

/// <summary>
/// One step of the interpreter: an instruction with its operands resolved, or what the predecoder put between them.
/// Registers are offsets into <see cref="ExecutionState"/>, so that a result for x0 goes to a place of its own.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct Operation
{
    /// <summary>What to do.</summary>
    [FieldOffset(0)]
    internal OperationCode Code;

    /// <summary>Offset of the destination.</summary>
    [FieldOffset(2)]
    internal byte Rd;

    /// <summary>Offset of the first source.</summary>
    [FieldOffset(3)]
    internal byte Rs1;

    /// <summary>Offset of the second source.</summary>
    [FieldOffset(4)]
    internal byte Rs2;

    /// <summary>
    /// The immediate; of a load or store less the start of the main run; of a jump the distance to its target in
    /// operations; of a table jump the first of its targets.
    /// </summary>
    [FieldOffset(8)]
    internal int Immediate;

    /// <summary>The value that a jump writes to its destination; of a table jump the number of its targets.</summary>
    [FieldOffset(12)]
    internal uint Second;

    /// <summary>The gas that <see cref="OperationCode.Charge"/> takes, or the constant to load.</summary>
    [FieldOffset(8)]
    internal ulong Wide;
}

namespace Pvm2.Native.Inspection;

/// <summary>The machine code of a module under one gas model, to look at: its bytes, and what they are.</summary>
/// <remarks>All positions count from the start of the module's code, which can lie anywhere.</remarks>
public sealed class MachineCode
{
    internal MachineCode(byte[] bytes, IReadOnlyList<MachineCodePart> parts)
    {
        Bytes = bytes;
        Parts = parts;
    }

    /// <summary>The machine code and its tables.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>
    /// What the bytes are, in their order, without gaps: each part begins where the one before it ends. There is one for
    /// every guest instruction.
    /// </summary>
    public IReadOnlyList<MachineCodePart> Parts { get; }
}

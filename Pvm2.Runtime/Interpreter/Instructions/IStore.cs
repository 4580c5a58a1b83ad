namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>How a store makes bytes of a register.</summary>
internal unsafe interface IStore
{
    /// <summary>Bytes written.</summary>
    static abstract uint Size { get; }

    /// <summary>Writes so many bytes of host memory, which need not be aligned.</summary>
    static abstract void Write(byte* host, ulong value);
}

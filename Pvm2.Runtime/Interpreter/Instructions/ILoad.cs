namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>How a load makes a register of the bytes it reads.</summary>
internal unsafe interface ILoad
{
    /// <summary>Bytes read.</summary>
    static abstract uint Size { get; }

    /// <summary>Reads so many bytes of host memory, which need not be aligned.</summary>
    static abstract ulong Read(byte* host);
}

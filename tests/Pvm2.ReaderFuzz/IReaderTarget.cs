namespace Pvm2.ReaderFuzz;

/// <summary>Something that reads bytes from anybody, and what must hold of it for all bytes.</summary>
internal interface IReaderTarget
{
    /// <summary>What command lines call it.</summary>
    string Name { get; }

    /// <summary>Bytes that it accepts, to begin with: small, and each with something of its own.</summary>
    /// <param name="root">The repository's folder.</param>
    IEnumerable<byte[]> Seeds(string root);

    /// <summary>Reads bytes. An exception is a defect: the reader's own, or one that says what does not hold.</summary>
    /// <param name="bytes">Any bytes.</param>
    void Check(byte[] bytes);
}

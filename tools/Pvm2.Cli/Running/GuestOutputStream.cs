namespace Pvm2.Cli.Running;

/// <summary>Passes a guest's bytes on and remembers whether they ended a line.</summary>
/// <param name="target">Where the bytes go; it outlives this stream.</param>
internal sealed class GuestOutputStream(Stream target) : WriteOnlyStream
{
    /// <summary>Whether the guest left a line unfinished.</summary>
    public bool InLine { get; private set; }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!buffer.IsEmpty)
        {
            target.Write(buffer);
            InLine = buffer[^1] != (byte)'\n';
        }
    }

    /// <inheritdoc/>
    public override void Flush() => target.Flush();
}

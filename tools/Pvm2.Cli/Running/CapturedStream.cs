namespace Pvm2.Cli.Running;

/// <summary>
/// Keeps what a guest writes, for the JSON document. A guest may write without end, so only the first part is kept
/// and the rest is counted.
/// </summary>
internal sealed class CapturedStream : WriteOnlyStream
{
    /// <summary>The most bytes that are kept.</summary>
    public const int Limit = 1 << 20;

    private readonly MemoryStream _kept = new();

    /// <summary>How many bytes were written in all.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>The first bytes that were written, at most <see cref="Limit"/>.</summary>
    public ReadOnlySpan<byte> Kept => _kept.GetBuffer().AsSpan(0, (int)_kept.Length);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        BytesWritten += buffer.Length;
        var room = Limit - (int)_kept.Length;
        _kept.Write(buffer[..Math.Min(room, buffer.Length)]);
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _kept.Dispose();
        }

        base.Dispose(disposing);
    }
}

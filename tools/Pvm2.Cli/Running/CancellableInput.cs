namespace Pvm2.Cli.Running;

/// <summary>
/// Input that a guest waits for. A cancelled wait looks like the end of the input, so that the run comes back to a
/// block's start and is stopped there; a read that blocks on the terminal could not be stopped otherwise.
/// </summary>
/// <param name="source">Where the bytes come from.</param>
/// <param name="cancellation">Ends every wait, the present and all later ones.</param>
internal sealed class CancellableInput(Stream source, CancellationToken cancellation) : Stream
{
    private const int MaxReadSize = 1 << 16;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            // The wait is given up, not the read: it goes on in the background, into a buffer of its own. The guest
            // chose how much to ask for, so the buffer has a size of ours.
            var own = new byte[Math.Min(buffer.Length, MaxReadSize)];
            var read = Task.Run(() => source.Read(own, 0, own.Length), cancellation);
            read.Wait(cancellation);
            own.AsSpan(0, read.Result).CopyTo(buffer);
            return read.Result;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (AggregateException exception) when (exception.InnerException is IOException inner)
        {
            throw new IOException(inner.Message, inner);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

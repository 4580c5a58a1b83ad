using System.IO.Pipes;
using Pvm2.Cli.Running;
using Xunit;

namespace Pvm2.Cli.Tests.Running;

public sealed class CancellableInputTests
{
    [Fact]
    public void Bytes_pass_through()
    {
        using var source = new MemoryStream([1, 2, 3]);
        using var input = new CancellableInput(source, CancellationToken.None);
        var buffer = new byte[2];

        Assert.Equal(2, input.Read(buffer));
        Assert.Equal([1, 2], buffer);
        Assert.Equal(1, input.Read(buffer));
        Assert.Equal(0, input.Read(buffer));
    }

    [Fact]
    public void However_much_is_asked_for_a_read_takes_a_bounded_part()
    {
        using var source = new MemoryStream(new byte[1 << 20]);
        using var input = new CancellableInput(source, CancellationToken.None);

        Assert.Equal(1 << 16, input.Read(new byte[1 << 20]));
    }

    [Fact]
    public void A_cancelled_wait_is_the_end_of_the_input()
    {
        using var cancellation = new CancellationTokenSource();
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        using var input = new CancellableInput(client, cancellation.Token);
        cancellation.CancelAfter(50);

        Assert.Equal(0, input.Read(new byte[1]));
        Assert.True(cancellation.IsCancellationRequested);

        server.WriteByte(1);
    }

    [Fact]
    public void A_broken_source_is_an_io_error()
    {
        using var source = new BrokenStream();
        using var input = new CancellableInput(source, CancellationToken.None);

        Assert.Equal("broken", Assert.Throws<IOException>(() => input.Read(new byte[1])).Message);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("broken");
    }
}

using Pvm2.Cli.Running;
using Xunit;

namespace Pvm2.Cli.Tests.Running;

public sealed class CapturedStreamTests
{
    [Fact]
    public void The_first_bytes_are_kept_and_all_are_counted()
    {
        using var stream = new CapturedStream();
        var part = new byte[CapturedStream.Limit - 1];
        part[^1] = 7;

        stream.Write(part);
        stream.Write([8, 9, 10]);
        stream.Write([11]);

        Assert.Equal(CapturedStream.Limit + 3L, stream.BytesWritten);
        Assert.Equal(CapturedStream.Limit, stream.Kept.Length);
        Assert.Equal([7, 8], stream.Kept[^2..].ToArray());
    }
}

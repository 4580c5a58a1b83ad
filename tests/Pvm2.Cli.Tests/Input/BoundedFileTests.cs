using Pvm2.Cli.Input;
using Pvm2.Cli.Tests.Kit;
using Xunit;

namespace Pvm2.Cli.Tests.Input;

public sealed class BoundedFileTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_000)]
    public void A_file_up_to_the_limit_is_read_whole(int size)
    {
        var content = Enumerable.Range(0, size).Select(i => (byte)i).ToArray();

        Assert.True(BoundedFile.TryRead(_folder.Write("file", content), out var bytes, out _, limit: size));
        Assert.Equal(content, bytes.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public void A_file_beyond_the_limit_is_refused(int size)
    {
        var file = _folder.Write("file", new byte[size]);

        Assert.False(BoundedFile.TryRead(file, out _, out var failure, limit: size - 1));
        Assert.Equal(ExitCode.LimitExceeded, failure.Code);
    }

    [Fact]
    public void A_device_without_end_is_refused()
    {
        Assert.False(BoundedFile.TryRead("/dev/zero", out _, out var failure, limit: 1_000_000));
        Assert.Equal(ExitCode.LimitExceeded, failure.Code);
    }
}

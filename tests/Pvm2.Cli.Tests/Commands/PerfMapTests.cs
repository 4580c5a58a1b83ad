using Pvm2.Cli.Tests.Kit;
using Pvm2.Native;
using Pvm2.Native.Inspection;
using Xunit;

namespace Pvm2.Cli.Tests.Commands;

/// <summary><c>run --perf-map</c> in this process, whose map has a path that is known.</summary>
public sealed class PerfMapTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        File.Delete(PerfMap.DefaultPath);
    }

    [Fact]
    public void The_functions_of_the_guest_are_in_the_file()
    {
        if (!NativeTier.Support.IsSupported)
        {
            return;
        }

        var guest = Path.Combine(Repository.GuestFolder("static"), "keccak.pvm2");
        var result = CommandHarness.Run("run", guest, "--perf-map", "--json");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Equal("native", result.Json.GetProperty("tier").GetString());
        Assert.Equal($"/tmp/perf-{Environment.ProcessId}.map", PerfMap.DefaultPath);
        var lines = File.ReadAllLines(PerfMap.DefaultPath);
        Assert.All(lines, line => Assert.Matches("^[0-9a-f]+ [0-9a-f]+ pvm2::", line));
        Assert.Contains(lines, line => line.EndsWith(" pvm2::guest_main", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith(" pvm2::[entry]", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_an_error()
    {
        if (!NativeTier.Support.IsSupported)
        {
            return;
        }

        File.Delete(PerfMap.DefaultPath);
        Directory.CreateDirectory(PerfMap.DefaultPath);
        try
        {
            var result = CommandHarness.Run("run", _folder.Write("guest.s", Sources.Answer), "--perf-map", "--json");

            Assert.Equal(ExitCode.InputOutput, result.Code);
            Assert.Contains("the perf map cannot be written: ", result.Error, StringComparison.Ordinal);
            Assert.Equal("inputOutput", result.Json.GetProperty("error").GetProperty("kind").GetString());
        }
        finally
        {
            Directory.Delete(PerfMap.DefaultPath);
        }
    }

    [Theory]
    [InlineData("interpreter")]
    [InlineData("auto")]
    public void It_is_for_the_native_tier(string tier)
    {
        var result = CommandHarness.Run(
            "run", _folder.Write("guest.s", Sources.Answer), "--perf-map", "--tier", tier);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("--perf-map is for the native tier", result.Error, StringComparison.Ordinal);
    }
}

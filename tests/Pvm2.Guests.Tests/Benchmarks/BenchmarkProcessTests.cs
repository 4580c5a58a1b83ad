using System.Diagnostics;
using System.Text.Json;
using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Guests.Tests.Benchmarks;

/// <summary>The benchmarks' plain runner as a process. What it measures is not looked at.</summary>
public sealed class BenchmarkProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _results = Path.GetTempFileName();

    public void Dispose() => File.Delete(_results);

    [Fact]
    public async Task A_quick_run_prints_its_tables_and_writes_every_sample()
    {
        var (code, output) = await RunAsync(
            "--quick", "--only", "goldilocks_mul", "--rounds", "2", "--passes", "1", "--json", _results);

        Assert.True(code == 0, output);
        Assert.Contains("run, interpreter", output, StringComparison.Ordinal);
        Assert.Contains("compile: ", output, StringComparison.Ordinal);
        Assert.Contains("cold, interpreter", output, StringComparison.Ordinal);
        using var results = JsonDocument.Parse(await File.ReadAllTextAsync(_results));
        var series = results.RootElement.GetProperty("series").EnumerateArray().ToArray();
        Assert.NotEmpty(series);
        Assert.All(series, one =>
        {
            Assert.Equal("goldilocks_mul", one.GetProperty("key").GetProperty("workload").GetString());
            Assert.Equal(2, one.GetProperty("samples").EnumerateArray().Count(sample => sample.GetDouble() > 0));
        });
    }

    [Fact]
    public async Task A_run_is_compared_with_an_earlier_one()
    {
        string[] options = ["--run", "--only", "goldilocks_mul", "--rounds", "1", "--passes", "1"];
        var (_, _) = await RunAsync([.. options, "--json", _results]);
        var (code, output) = await RunAsync([.. options, "--against", _results]);

        Assert.True(code == 0, output);
        Assert.Matches(@"Run interpreter pipeline goldilocks_mul +\| +[0-9.]+ \| +[0-9.]+ \| +[0-9.]+ ", output);
    }

    [Fact]
    public async Task Calls_are_measured_in_both_profiles_and_are_in_no_mean()
    {
        var (code, output) = await RunAsync(
            "--run", "--only", "calls", "--only", "calls (xjar)", "--rounds", "1", "--passes", "1");

        Assert.True(code == 0, output);
        Assert.Matches(@"\| calls +\| +[0-9]+ \| ", output);
        Assert.Matches(@"\| calls \(xjar\) +\| +[0-9]+ \| ", output);
        Assert.DoesNotContain("geometric mean", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, "--frobnicate", "--frobnicate")]
    [InlineData(64, "from 1 to", "--rounds", "0")]
    [InlineData(1, "no program frobnicate", "--only", "frobnicate")]
    [InlineData(1, "does-not-exist.json", "--against", "does-not-exist.json")]
    public async Task What_it_cannot_do_it_says(int expected, string reason, params string[] arguments)
    {
        var (code, output) = await RunAsync(arguments);

        Assert.Equal(expected, code);
        Assert.Contains(reason, output, StringComparison.Ordinal);
    }

    /// <summary>Runs the program that was built with these tests, in their configuration.</summary>
    /// <returns>Its exit code, and what it wrote to both streams.</returns>
    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Repository.PathOf(
            $"bench/Pvm2.Benchmarks/bin/{folder.Parent?.Name}/{folder.Name}/Pvm2.Benchmarks.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        using var timeout = new CancellationTokenSource(Patience);
        var error = process.StandardError.ReadToEndAsync(timeout.Token);
        var output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        return (process.ExitCode, output + await error);
    }
}

using System.Diagnostics;
using Pvm2.Compare.Host.Commands;
using Pvm2.Compare.Host.Engines;
using Pvm2.Compare.Host.Platform;
using Pvm2.Measuring;

namespace Pvm2.Compare.Tests.Host;

/// <summary>The program as a process.</summary>
public class CommandTests
{
    private static readonly string Keccak = Path.Combine(Workload.FolderOf("static"), "keccak.pvm2");

    /// <summary>What the tests are built with is what the program is built with.</summary>
    private static readonly bool IsMeasurable = BuildCheck.FindObstacle([typeof(Stretch).Assembly]) is null;

    [Fact]
    public void List_names_the_engines()
    {
        var (code, output, _) = Run("list");

        Assert.Equal(ExitCode.Success, code);
        Assert.Equal(EngineCatalog.Ids, output.Split('\n')[..^1]);
    }

    [Fact]
    public void Once_writes_the_result_and_nothing_else_unless_it_is_a_debug_build()
    {
        var (code, output, error) = Run("once", "interpreter/pipeline", Keccak);

        Assert.Equal(IsMeasurable ? (ExitCode.Success, "0x39e50259\n") : (ExitCode.NotMeasurable, string.Empty), (code, output));
        Assert.Equal(IsMeasurable, error.Length == 0);
    }

    [Fact]
    public void Once_tells_a_failure_in_one_line()
    {
        var (code, output, error) = Run("once", "interpreter/pipeline", "/there/is/no/guest.pvm2");

        Assert.Equal((IsMeasurable ? ExitCode.Failure : ExitCode.NotMeasurable, string.Empty), (code, output));
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Serve_speaks_the_protocol_on_the_standard_streams()
    {
        var (code, output, _) = Run(["serve", "interpreter/none"], "hello 1\nbye\nquit\n");

        Assert.Equal(ExitCode.Success, code);
        Assert.Matches(
            IsMeasurable ? "^ok Pvm2 [0-9.]+ [(]interpreter[)]\nerror [^\n]+\n$" : "^error [^\n]+debug build[^\n]+\nerror [^\n]+\n$", output);
    }

    [Theory]
    [InlineData]
    [InlineData("serve")]
    [InlineData("serve", "magic/none")]
    [InlineData("once", "interpreter/none")]
    [InlineData("curve", "wasmtime/none", "1")]
    [InlineData("curve", "interpreter/none", "0")]
    [InlineData("curve", "interpreter/none", "x")]
    public void Arguments_that_mean_nothing_get_the_usage(params string[] arguments)
    {
        var (code, output, error) = Run(arguments);

        Assert.Equal((ExitCode.Usage, string.Empty), (code, output));
        Assert.StartsWith("Usage:", error, StringComparison.Ordinal);
    }

    private static (ExitCode Code, string Output, string Error) Run(params string[] arguments) => Run(arguments, string.Empty);

    private static (ExitCode Code, string Output, string Error) Run(string[] arguments, string input)
    {
        var program = Path.ChangeExtension(typeof(EngineCatalog).Assembly.Location, ".dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return ((ExitCode)process.ExitCode, output, error.Result);
    }
}

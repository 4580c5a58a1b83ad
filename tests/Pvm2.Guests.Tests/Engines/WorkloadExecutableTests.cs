using System.Globalization;
using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Guests.Tests.Engines;

/// <summary>The workloads as executables: their results, and the protocol of <c>docs/engine-adapters.md</c>.</summary>
public sealed class WorkloadExecutableTests
{
    [X64Fact]
    public Task Executables_for_x86_64_print_their_results() => AssertResultsAsync("x64");

    [ToolFact("qemu-riscv64")]
    public Task Executables_for_RISC_V_print_their_results() => AssertResultsAsync("riscv64");

    [X64Fact]
    public Task Executables_for_x86_64_speak_the_protocol() => AssertProtocolAsync("x64");

    [ToolFact("qemu-riscv64")]
    public Task Executables_for_RISC_V_speak_the_protocol() => AssertProtocolAsync("riscv64");

    [X64Fact]
    public async Task The_end_of_the_input_ends_a_line_and_the_program()
    {
        using var process = new WorkloadProcess("x64", "keccak", "serve");
        await process.SendAsync("hello 1\nload keccak");
        var (output, code) = await process.EndAsync();
        var lines = output.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("ok clang ", lines[0], StringComparison.Ordinal);
        Assert.Equal(["ok", string.Empty], lines[1..]);
        Assert.Equal(0, code);
    }

    [X64Fact]
    public async Task An_argument_that_is_not_known_is_an_error()
    {
        using var process = new WorkloadProcess("x64", "keccak", "twice");
        Assert.Equal((string.Empty, 2), await process.EndAsync());
    }

    private static async Task AssertResultsAsync(string machine)
    {
        Assert.Equal(10, GuestFiles.Workloads.Count);
        foreach (var (name, result) in GuestFiles.Workloads)
        {
            using var process = new WorkloadProcess(machine, name, "once");
            Assert.Equal((name, ($"0x{result:x8}\n", 0)), (name, await process.EndAsync()));
        }
    }

    private static async Task AssertProtocolAsync(string machine)
    {
        foreach (var (name, result) in GuestFiles.Workloads)
        {
            using var process = new WorkloadProcess(machine, name);
            Assert.StartsWith("ok clang ", await process.AskAsync("hello 1 cpu=0"), StringComparison.Ordinal);
            Assert.Equal("error nothing is loaded", await process.AskAsync("run 1"));
            Assert.Equal("ok", await process.AskAsync($"load /a path/with blanks/{name}"));
            await AssertRunsAsync(process, 3, result);
            await AssertMemoryAsync(process);
            await AssertRefusalsAsync(process);
            await AssertRunsAsync(process, 1, result);
            await process.SendAsync("quit\nmemory\n");
            Assert.Equal((string.Empty, 0), await process.EndAsync());
        }
    }

    private static async Task AssertRunsAsync(WorkloadProcess process, int count, ulong result)
    {
        await process.SendAsync("ru"); // a request may come in pieces
        var answer = (await process.AskAsync($"n {count}")).Split(' ');
        Assert.Equal(3, answer.Length);
        Assert.Equal("ok", answer[0]);
        Assert.NotEqual(0, long.Parse(answer[1], CultureInfo.InvariantCulture));
        Assert.Equal($"0x{result:x8}", answer[2]);
    }

    private static async Task AssertMemoryAsync(WorkloadProcess process)
    {
        var answer = (await process.AskAsync("memory")).Split(' ');
        Assert.Equal(3, answer.Length);
        Assert.Equal("ok", answer[0]);
        Assert.InRange(long.Parse(answer[1], CultureInfo.InvariantCulture), 1, long.Parse(answer[2], CultureInfo.InvariantCulture));
    }

    private static async Task AssertRefusalsAsync(WorkloadProcess process)
    {
        foreach (var request in new[] { "compile 1", "cold 1", "instances 2" })
        {
            Assert.Equal("unsupported: the workload is part of the program", await process.AskAsync(request));
        }

        string[] wrong = ["", "again 1", "runs 1", "run", "run 0", "run -1", "run 1 1", "run 18446744073709551616", "load", "hello 2", "hello 1 cpu="];
        foreach (var request in wrong.Append($"load {new string('x', 100_000)}"))
        {
            Assert.StartsWith("error ", await process.AskAsync(request), StringComparison.Ordinal);
        }
    }
}

using System.Text;
using Pvm2.Runtime.Execution;
using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Runtime.Tests;

/// <summary>The example of the README, which must be what is run here.</summary>
public sealed class EmbeddingExample
{
    private const int GreetSelector = 100;
    private const int Indentation = 8;

    [Fact]
    public void Runs()
    {
        var output = new StringBuilder();
        var path = Repository.PathOf("bench/guests/built/static/exports.pvm2");

        // <example>
        var module = Module.Load(File.ReadAllBytes(path));
        var calls = new HostCallTable()
            .Register(0, caller => HostCallAction.Halt)
            .Register(GreetSelector, caller =>
            {
                output.Append($"the guest says {caller.Registers[10]}");
                caller.Registers[10] = 1;
                return HostCallAction.Continue;
            });
        using var instance = module.CreateInstance(new InstanceOptions { Gas = 200, HostCalls = calls });

        var exit = instance.Call("add", 40, 2);
        while (exit.Reason == ExitReason.OutOfGas)
        {
            instance.AddGas(100);
            exit = instance.Run();
        }

        output.Append($"{exit.Reason}: a0 = {instance.Registers[10]}, {instance.GasUsed} gas used");
        // </example>

        Assert.StartsWith("Halt: a0 = 42, ", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Stands_in_the_README_word_for_word()
    {
        var source = File.ReadAllLines(Repository.PathOf("tests/Pvm2.Runtime.Tests/EmbeddingExample.cs"));
        var start = Array.FindIndex(source, line => line.Trim() == "// <example>") + 1;
        var end = Array.FindIndex(source, line => line.Trim() == "// </example>");
        var example = source[start..end].Select(line => line.Length > Indentation ? line[Indentation..] : line.Trim());
        var readme = File.ReadAllText(Repository.PathOf("README.md"));

        Assert.InRange(end - start, 15, 21);
        Assert.Contains($"```csharp\n{string.Join('\n', example)}\n```", readme, StringComparison.Ordinal);
    }
}

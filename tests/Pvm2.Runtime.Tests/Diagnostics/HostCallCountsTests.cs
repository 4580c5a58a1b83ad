using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Tests.Text;
using Xunit;

namespace Pvm2.Runtime.Tests.Diagnostics;

public sealed class HostCallCountsTests
{
    [Fact]
    public void Answered_calls_are_counted_and_answered_as_before()
    {
        var table = new HostCallTable()
            .Register(HostCallTable.MinSelector, static caller => Answer(caller, 1))
            .Register(HostCallTable.MaxSelector, static caller => Answer(caller, 10))
            .RegisterManagement(static caller => Answer(caller, 100));
        var counts = new HostCallCounts();
        var program = Assembly.Program("""
            .entry main
            main:
                ecalli 2047
                ecalli -2048
                ecalli 2047
                ecall.jar
                ecalli 5
            """);
        using var instance = Module.Create(program).CreateInstance(new InstanceOptions { HostCalls = counts.Observe(table) });

        Assert.Equal((ExitReason.HostCall, 5), (instance.Call() is var exit ? exit.Reason : default, exit.Selector));
        Assert.Equal(121UL, instance.Registers[10]);
        Assert.Equal([(-2048, 1UL), (2047, 2UL)], counts.Selectors);
        Assert.Equal(1UL, counts.ManagementCalls);
    }

    private static HostCallAction Answer(Instance caller, ulong amount)
    {
        caller.Registers[10] += amount;
        return HostCallAction.Continue;
    }
}

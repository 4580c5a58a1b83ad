using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;
using Pvm2.Runtime.Tests.Text;
using Xunit;

namespace Pvm2.Runtime.Tests.Diagnostics;

[Collection(nameof(RunsAlone))]
public sealed class EngineEventsTests
{
    private const string Guest = """
        .entry halt
        .entry call
        .entry fault
        .entry panic
        .entry loop
        halt:
            ecalli 0
        call:
            ecalli 7
        fault:
            ld a0, 0(zero)
            trap
        panic:
            trap
        loop:
            addi a0, a0, 1
            j loop
        """;

    private static readonly HostCallTable Calls = new HostCallTable().Register(0, static _ => HostCallAction.Halt);

    [Fact]
    public void Counters_show_what_has_happened()
    {
        using var listener = new CounterListener();
        listener.Listen();
        var before = listener.Read();
        var module = Module.Create(Assembly.Program(Guest));
        var used = RunAll(module);
        EngineEvents.Log.Promoted(module, "interpreter", "native");
        var after = listener.Read();

        Assert.Equal(20, after.Count);
        AssertRise(1, "modules");
        AssertRise(2, "instances");
        AssertRise(1, "promotions");
        AssertRise(2 * module.Blocks.Count, "blocks-compiled-interpreter");
        AssertRise(
            module.GetStatistics(InterpreterTier.Instance, GasModel.Flat).Bytes
                + module.GetStatistics(InterpreterTier.Instance, GasModel.None).Bytes,
            "code-bytes-interpreter");
        AssertRise(0, "blocks-compiled-native");
        AssertRise(1, "exits-halt");
        AssertRise(2, "exits-host-call");
        AssertRise(3, "exits-page-fault");
        AssertRise(1, "exits-panic");
        AssertRise(2, "exits-out-of-gas");
        AssertRise(1, "exits-cancelled");
        AssertRise(used, "gas-used");

        void AssertRise(double expected, string name) => Assert.Equal((name, expected), (name, after[name] - before[name]));
    }

    [Fact]
    public void Events_tell_of_modules_code_promotions_and_runs()
    {
        using var listener = new CounterListener();
        listener.Listen();
        var module = Module.Create(Assembly.Program(Guest));
        using (var instance = module.CreateInstance(new InstanceOptions { GasModel = GasModel.Flat, HostCalls = Calls }))
        {
            instance.Call("fault");
        }

        EngineEvents.Log.Promoted(module, "interpreter", "native");

        var bytes = module.GetStatistics(InterpreterTier.Instance, GasModel.Flat).Bytes;
        Assert.Collection(
            listener.Events,
            text => Assert.Equal(
                $"ModuleLoaded program={module.Hash} codeBytes={module.Program.Code.Length} blocks={module.Blocks.Count}", text),
            text => Assert.StartsWith(
                $"CodeCompiled tier=interpreter program={module.Hash} gasModel=Flat blocks={module.Blocks.Count} bytes={bytes} microseconds=",
                text,
                StringComparison.Ordinal),
            text => Assert.Equal(
                $"RunEnded program={module.Hash} tier=interpreter exit=PageFault programCounter=8 gasUsed=2", text),
            text => Assert.Equal($"Promoted program={module.Hash} from=interpreter to=native", text));
    }

    /// <summary>Two instances, and each way in which a run ends.</summary>
    /// <returns>Gas used.</returns>
    private static double RunAll(Module module)
    {
        using var metered = module.CreateInstance(new InstanceOptions { GasModel = GasModel.Flat, Gas = 100, HostCalls = Calls });
        Assert.Equal(ExitReason.Halt, metered.Call("halt").Reason);
        Assert.Equal(ExitReason.HostCall, metered.Call("call").Reason);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(ExitReason.PageFault, metered.Call("fault").Reason);
        }

        Assert.Equal(ExitReason.Panic, metered.Call("panic").Reason);
        Assert.Equal(ExitReason.OutOfGas, metered.Call("loop").Reason);
        metered.AddGas(10);
        Assert.Equal(ExitReason.OutOfGas, metered.Run().Reason);
        using var unmetered = module.CreateInstance(new InstanceOptions { GasModel = GasModel.None, HostCalls = Calls });
        Assert.Equal(ExitReason.HostCall, unmetered.Call("call").Reason);
        unmetered.Start("loop");
        Assert.Equal(ExitReason.Cancelled, unmetered.Run(new CancellationToken(canceled: true)).Reason);
        return metered.GasUsed ?? 0;
    }
}

using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Portable;
using Pvm2.Runtime.Tests.Execution;
using Xunit;
using static Pvm2.Runtime.Tests.Execution.Guest;

namespace Pvm2.Runtime.Tests.Portable;

/// <summary>What becomes of each way in which a region's method returns, and of what is installed.</summary>
public sealed class RegionExitTests
{
    // Three blocks, at 0, 12 and 20: two adds and a jump; an add and a host call; a jump to the first.
    private const int Second = 12, Third = 20;

    private readonly Instance _instance;
    private readonly ScriptedCode _code;

    public RegionExitTests()
    {
        ScriptedCode? code = null;
        var tier = new PortableTestTier("scripted", (module, model) => code = new ScriptedCode(module, model));
        var guest = new Guest()
            .Emit(Opcode.Addi, A0, A0, 0, 1).Emit(Opcode.Addi, A1, A1, 0, 1).Emit(Opcode.Jal, immediate: 4)
            .Emit(Opcode.Addi, A2, A2, 0, 1).Emit(Opcode.Ecalli, immediate: 7)
            .Emit(Opcode.Jal, immediate: -20);
        _instance = Module.Create(guest.Build()).CreateInstance(
            new InstanceOptions { Tier = tier, GasModel = GasModel.Flat, Gas = 10 });
        _instance.Start();
        _code = code!;
        _code.InstallScript(4, 0);
    }

    [Fact]
    public void A_host_call_leaves_with_its_number_and_the_place_after_it()
    {
        _code.Exits.Enqueue(new RegionExit(RegionExitKind.HostCall, Third, -3));

        Assert.Equal(new Exit(ExitReason.HostCall, Third, 0, HostCallKind.Selector, -3), _instance.Run());
        AssertUntouched();
    }

    [Fact]
    public void So_does_a_host_call_after_others_exits()
    {
        _code.Exits.Enqueue(new RegionExit(RegionExitKind.NotCompiled, 0));
        _code.InstallScript(5, 1);
        _code.Exits.Enqueue(new RegionExit(RegionExitKind.HostCall, Third, 2047));

        Assert.Equal(new Exit(ExitReason.HostCall, Third, 0, HostCallKind.Selector, 2047), _instance.Run());
        Assert.Equal((1UL, 1UL, 0UL), Counts);
    }

    [Fact]
    public void A_management_call_leaves()
    {
        _code.Exits.Enqueue(new RegionExit(RegionExitKind.ManagementCall, Third));

        Assert.Equal(new Exit(ExitReason.HostCall, Third, 0, HostCallKind.Management), _instance.Run());
        AssertUntouched();
    }

    [Fact]
    public void Out_of_gas_leaves_and_goes_on_in_compiled_code()
    {
        _code.Exits.Enqueue(new RegionExit(RegionExitKind.OutOfGas, 0));
        using (var source = new CancellationTokenSource())
        {
            Assert.Equal(new Exit(ExitReason.OutOfGas, 0), _instance.Run(source.Token));
        }

        AssertUntouched();
        _code.Exits.Enqueue(new RegionExit(RegionExitKind.Panic, 4));
        Assert.Equal(new Exit(ExitReason.Panic, 4), _instance.Run());
    }

    [Fact]
    public void A_panic_leaves()
    {
        _code.Exits.Enqueue(new RegionExit(RegionExitKind.Panic, 8));

        Assert.Equal(new Exit(ExitReason.Panic, 8), _instance.Run());
        AssertUntouched();
    }

    [Fact]
    public void A_stopped_run_goes_on()
    {
        // Nobody asked it to stop, so the instance lets it go on at once.
        _code.Exits.Enqueue(new RegionExit(RegionExitKind.Stopped, Second));

        Assert.Equal(ExitReason.HostCall, _instance.Run().Reason);
        Assert.Equal((0UL, 0UL, 1UL), Counts);
        Assert.Equal(2UL, _instance.GasUsed);
    }

    [Fact]
    public void The_rest_of_a_block_is_interpreted_without_another_charge()
    {
        _code.Exits.Enqueue(new RegionExit(RegionExitKind.Resume, 4));

        Assert.Equal(new Exit(ExitReason.HostCall, Third, 0, HostCallKind.Selector, 7), _instance.Run());
        Assert.Equal((0UL, 1UL, 1UL), Counts);
        Assert.Equal(2UL, _instance.GasUsed);
    }

    [Fact]
    public void A_whole_block_that_has_been_paid_for_is_interpreted_without_another_charge()
    {
        _code.Exits.Enqueue(new RegionExit(RegionExitKind.Resume, 0));

        Assert.Equal(ExitReason.HostCall, _instance.Run().Reason);
        Assert.Equal((1UL, 1UL, 1UL), Counts);
        Assert.Equal(2UL, _instance.GasUsed);
    }

    [Fact]
    public void What_is_not_compiled_is_charged_and_interpreted()
    {
        _code.Exits.Enqueue(new RegionExit(RegionExitKind.NotCompiled, 0));

        Assert.Equal(ExitReason.HostCall, _instance.Run().Reason);
        Assert.Equal((1UL, 1UL, 1UL), Counts);
        Assert.Equal(5UL, _instance.GasUsed);
    }

    [Fact]
    public void Blocks_are_entered_by_their_places_in_the_region()
    {
        _code.InstallScript(6, 2, 1);
        Assert.True(_code.HasScript(1));
        _code.Exits.Enqueue(new RegionExit(RegionExitKind.Resume, 0));
        _code.Exits.Enqueue(new RegionExit(RegionExitKind.Resume, Second));
        Assert.Equal(ExitReason.HostCall, _instance.Run().Reason);
        _code.Exits.Enqueue(new RegionExit(RegionExitKind.Panic, Third));
        Assert.Equal(ExitReason.Panic, _instance.Run().Reason);

        Assert.Equal([0, 1, 0], _code.Entries);
    }

    [Fact]
    public void A_block_is_compiled_once()
    {
        Assert.False(_code.HasScript(1));
        Assert.Throws<InvalidOperationException>(() => _code.InstallScript(6, 1, 0));
        Assert.False(_code.HasScript(1));
    }

    [Fact]
    public void Only_blocks_can_be_compiled()
    {
        // The end of the code is no block.
        Assert.Throws<ArgumentOutOfRangeException>(() => _code.InstallScript(6, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => _code.InstallScript(6, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _code.InstallScript(-1, 1));
    }

    [Fact]
    public unsafe void A_run_starts_only_where_a_block_does()
    {
        Assert.Throws<ArgumentException>(() => RunAt(4));
        Assert.Throws<ArgumentException>(() => RunAt(28));

        void RunAt(uint programCounter)
        {
            ExecutionState state = new() { ProgramCounter = programCounter };
            _code.Run(&state);
        }
    }

    private (ulong, ulong, ulong) Counts => (_instance.Registers[A0], _instance.Registers[A1], _instance.Registers[A2]);

    private void AssertUntouched()
    {
        Assert.Equal((0UL, 0UL, 0UL), Counts);
        Assert.Equal(0UL, _instance.GasUsed);
    }
}

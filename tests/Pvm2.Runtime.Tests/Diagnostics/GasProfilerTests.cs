using System.Globalization;
using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Tests.Text;
using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Runtime.Tests.Diagnostics;

/// <summary>Stacks of small programs, worked out by hand. In the flat model a block costs its number of instructions.</summary>
public sealed class GasProfilerTests
{
    private const string Nested = """
        .profile xjar
        .stack 4096
        .entry main
        main:
            addi sp, sp, -16
            call outer
            call inner
            ecalli 0
        outer:
            addi sp, sp, -16
            sd ra, 0(sp)
            call inner
            ld ra, 0(sp)
            addi sp, sp, 16
            ret
        inner:
            addi a0, a0, 1
            ret
        """;

    private const string Recursion = """
        .profile xjar
        .stack 4096
        .entry main
        main:
            li a0, 3
            call down
            ecalli 0
        down:
            addi sp, sp, -16
            sd ra, 0(sp)
            beqz a0, 1f
            addi a0, a0, -1
            call down
        1:
            ld ra, 0(sp)
            addi sp, sp, 16
            ret
        """;

    private const string TailCall = """
        .profile xjar
        .entry main
        main:
            call first
            call second
            ecalli 0
        first:
            li a1, 1
            j second
        second:
            addi a1, a1, 1
            ret
        """;

    private const string TailCallsInACircle = """
        .entry main
        main:
            li a0, 4
            j ping
        ping:
            addi a0, a0, -1
            j pong
        pong:
            addi a0, a0, -1
            bnez a0, ping
            ecalli 0
        """;

    private const string Loop = """
        .profile xjar
        .entry main
        main:
            li a0, 3
            call spin
            ecalli 0
        spin:
            addi a0, a0, -1
            bnez a0, spin
            ret
        """;

    private const string CallThroughTable = """
        .table back 1f, 2f
        .entry main
        main:
            li ra, 2*0+1
            j work
        1:
            li ra, 2*1+1
            j work
        2:
            ecalli 0
        work:
            addi a0, a0, 1
            br_table back, ra
        """;

    [Theory]
    [InlineData(Nested, "main 6|main;outer 7|main;outer;inner 2|main;inner 2", "main 1, outer 1, inner 2")]
    [InlineData(
        Recursion,
        "main 4|main;down 9|main;down;down 9|main;down;down;down 9|main;down;down;down;down 6",
        "main 1, down 4")]
    [InlineData(TailCall, "main 5|main;first 2|main;first;second 2|main;second 2", "main 1, first 1, second 2")]
    [InlineData(TailCallsInACircle, "main 2|main;ping 4|main;ping;pong 5", "main 1, ping 2, pong 2")]
    [InlineData(Loop, "main 4|main;spin 7", "main 1, spin 1")]
    [InlineData(CallThroughTable, "main 5|main;work 4", "main 1, work 2")]
    public void Stacks_and_calls_are_those_of_the_source(string source, string stacks, string calls)
    {
        var profile = Profile(Module.Create(Assembly.Program(source)), GasModel.Flat, out var used);

        Assert.Equal(stacks.Split('|'), Fold(profile));
        Assert.Equal(
            calls.Split(", "),
            profile.Functions.OrderBy(function => function.ProgramCounter).Select(function => $"{function.Name} {function.Calls}"));
        Assert.Equal(used, profile.Gas);
        Assert.False(profile.AreStacksCut);
        Assert.False(profile.IsDepthCut);
    }

    [Fact]
    public void Functions_are_sorted_and_have_totals_and_blocks()
    {
        var profile = Profile(Module.Create(Assembly.Program(Recursion)), GasModel.Flat, out var used);

        var down = profile.Functions[0];
        var start = AddressSpace.CodeBase + 14;
        Assert.Equal(("down", start, 33UL, 33UL), (down.Name, down.ProgramCounter, down.SelfGas, down.TotalGas));
        Assert.Equal(("main", used), (profile.Functions[1].Name, profile.Functions[1].TotalGas));
        Assert.Equal(
            [new BlockProfile(start, 12, 4), new BlockProfile(start + 16, 12, 4), new BlockProfile(start + 6, 9, 3)],
            down.Blocks);
    }

    [Theory]
    [InlineData(Nested, "main 6|main;function_16 7|main;function_16;function_28 2|main;function_28 2")]
    [InlineData(CallThroughTable, "main 5|main;function_c 4")]
    public void Without_symbols_entry_points_and_called_addresses_have_names(string source, string stacks)
    {
        var program = Assembly.Program(source);
        var stripped = new GuestProgram
        {
            Profile = program.Profile,
            Code = program.Code,
            JumpTables = program.JumpTables,
            Stack = program.Stack,
            EntryPoints = program.EntryPoints,
        };

        Assert.Equal(stacks.Split('|'), Fold(Profile(Module.Create(stripped), GasModel.Flat, out _)));
    }

    [Theory]
    [InlineData("static")]
    [InlineData("xjar")]
    public void The_gas_of_all_functions_is_the_gas_that_was_used(string kind)
    {
        var paths = Directory.GetFiles(Repository.PathOf($"bench/guests/built/{kind}"), "*.pvm2");
        Assert.True(paths.Length > 10);
        foreach (var path in paths)
        {
            var profile = Profile(Module.Load(File.ReadAllBytes(path)), GasModel.Pipeline, out var used);
            var inStacks = profile.Stacks.Aggregate(0UL, (sum, stack) => sum + stack.SelfGas);
            var largest = profile.Functions.Max(function => function.TotalGas);
            Assert.True(
                (used, used, used) == (profile.Gas, inStacks, largest),
                $"{path}: {used} used, {profile.Gas} in functions, {inStacks} in stacks, {largest} below the entry");
        }
    }

    [Theory]
    [InlineData("static")]
    [InlineData("xjar")]
    public void The_calls_of_a_known_guest_are_counted(string kind)
    {
        var path = Repository.PathOf($"bench/guests/built/{kind}/calls.pvm2");
        var functions = Profile(Module.Load(File.ReadAllBytes(path)), GasModel.Pipeline, out _)
            .Functions.ToDictionary(function => function.Name, function => function.Calls);

        // Twice the 21st Fibonacci number less one; a frame for each of 3000 and the last; and as the source says.
        Assert.Equal(21_891UL, functions["fibonacci"]);
        Assert.Equal(3_001UL, functions["descend"]);
        Assert.Equal(8_000UL, functions["blend"]);
        Assert.Equal(1UL, functions["guest_main"]);
    }

    private static GasProfile Profile(Module module, GasModel model, out ulong used)
    {
        var profiler = new GasProfiler(module, model);
        var host = new DefaultHost(Stream.Null, Stream.Null, Stream.Null);
        var options = new InstanceOptions { Tier = new ObservedTier(profiler), GasModel = model, HostCalls = host.CreateTable() };
        using var instance = module.CreateInstance(options);
        Assert.Equal(ExitReason.Halt, instance.Call().Reason);
        used = instance.GasUsed ?? 0;
        return profiler.GetProfile();
    }

    private static IEnumerable<string> Fold(GasProfile profile) => profile.Stacks.Select((stack, place) =>
        string.Create(CultureInfo.InvariantCulture, $"{PathOf(profile, place)} {stack.SelfGas}"));

    private static string PathOf(GasProfile profile, int place)
    {
        var (parent, name, _) = profile.Stacks[place];
        return parent < 0 ? name : $"{PathOf(profile, parent)};{name}";
    }
}

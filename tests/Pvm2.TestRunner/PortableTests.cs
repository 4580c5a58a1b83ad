using System.Reflection;
using Pvm2.TestKit;
using Xunit.Abstractions;

namespace Pvm2.TestRunner;

/// <summary>
/// Which tests run on a processor that is not the build's: all of some assemblies, but for what cannot run there and for
/// what would take long and show little. Tests of the native tier are in an assembly of their own, and not here.
/// </summary>
internal static class PortableTests
{
    private const string NoTier = "long, and no compiled code runs in it: parsers, tables, prices and plans are ordinary managed code";
    private const string Long = "long, and vectors, scenarios and random programs execute the same";
    private const string OtherPrograms = "starts a program for the build's processor";
    private const string WholeProcess = "looks at the whole process while other tests run in it, and collects often here";
    private const string Timed = "compares the time it takes";

    /// <summary>The assemblies with tests that need no other program. The first finds the process without the others' traces.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [
        typeof(IlJit.Tests.Dynamic.OptimizationTests).Assembly,
        typeof(Runtime.Tests.Scenarios.ScenarioTests).Assembly,
        typeof(Engine.Tests.HostTiersTests).Assembly,
        typeof(Guests.Tests.GuestGasTests).Assembly,
        typeof(Linker.Tests.ProgramTests).Assembly,
    ];

    /// <summary>What of these is left out. Tests that look for tools say so themselves, by their attribute.</summary>
    public static IReadOnlyList<Exclusion> Exclusions { get; } =
    [
        new("Pvm2.Engine.Tests.Governing.StressTests.", Long),
        new("Pvm2.Guests.Tests.Benchmarks.BenchmarkProcessTests.", OtherPrograms),
        new("Pvm2.IlJit.Tests.Aot.UnloadingTests.An_assembly_is_unloaded", WholeProcess),
        new("Pvm2.IlJit.Tests.Lowering.CodeSizeTests.", NoTier),
        new("Pvm2.IlJit.Tests.Regions.LargeProgramTests.", NoTier),
        new("Pvm2.IlJit.Tests.Regions.RegionPlannerTests.", NoTier),
        new("Pvm2.IlJit.Tests.Regions.RunTransitionTests.", NoTier),
        new("Pvm2.Linker.Tests.FileTests.A_large_program_links_in_time", Timed),
        new("Pvm2.Linker.Tests.HostileElfTests.", NoTier),
        new("Pvm2.Linker.Tests.LayoutTests.A_jump_of_almost_a_MiB", NoTier),
        new("Pvm2.Linker.Tests.LayoutTests.Jumps_and_calls_reach_over_several_MiB", NoTier),
        new("Pvm2.Runtime.Tests.Gas.BlockPricerTests.A_price_may_need_more_than_32_bits", NoTier),
        new("Pvm2.Runtime.Tests.Isa.DecodingTests.", NoTier),
        new("Pvm2.Runtime.Tests.Isa.EncodingTests.", NoTier),
        new("Pvm2.Runtime.Tests.Programs.BasicBlockMapTests.Random_code", NoTier),
        new("Pvm2.Runtime.Tests.Programs.ContainerRoundTripTests.", NoTier),
        new("Pvm2.Runtime.Tests.Programs.HostileContainerTests.", NoTier),
        new("Pvm2.Runtime.Tests.Snapshots.HostileSnapshotTests.", NoTier),
        new("Pvm2.Runtime.Tests.Snapshots.SnapshotTierTests.Random_guests", "snapshots of random guests go both ways before the tests"),
        new("Pvm2.Runtime.Tests.Text.AssemblyExecutionTests.Constants_come_out", NoTier),
        new("Pvm2.Runtime.Tests.Text.ErrorTests.Damaged_sources_never_throw", NoTier),
        new("Pvm2.Runtime.Tests.Text.ListingTests.", NoTier),
        new("Pvm2.Runtime.Tests.Vectors.InstructionVectorTests.An_instruction_is_what_its_line_says", NoTier),
        new("Pvm2.Runtime.Tests.Vectors.InstructionVectorTests.Every_row_of_the_instruction_table_has_a_line", NoTier),
        new("Pvm2.Guests.Tests.BuiltContainerTests.A_guest_leaves_its_result", "GuestGasTests runs the same containers"),
        new("Pvm2.Runtime.Tests.Differential.PausingTests.The_gas_model_changes_nothing_but_gas", Long),
        new("Pvm2.Runtime.Tests.Fuzzing.CaseTests.A_name_makes_the_same_case", Long),
        new("Pvm2.Runtime.Tests.Fuzzing.PlantedFaultTests.", "long, and about the fuzzer, which does not run here"),
        new("Pvm2.Runtime.Tests.Fuzzing.ScenarioTextTests.", Long),
        new("Pvm2.Runtime.Tests.Execution.PageFaultTests.Stores_write_all_of_their_bytes_or_none", Long),
        new("Pvm2.Runtime.Tests.Interpreter.FusionTests.Fused_instructions_do_what_they_do_apart", Long),
        new("Pvm2.Runtime.Tests.Programs.HostileProgramTests.Every_flipped_bit_runs_or_is_rejected", Long),
        new("Pvm2.Runtime.Tests.Vectors.ReachTests.", Long),
    ];

    /// <summary>The tests that are not left out.</summary>
    public static IEnumerable<ITestCase> Choose(IEnumerable<ITestCase> tests) =>
        tests.Where(test => !NeedsTool(test) && !Exclusions.Any(left => left.Covers(test)));

    /// <summary>Namespace, class and method.</summary>
    public static string FullName(ITestCase test) => $"{test.TestMethod.TestClass.Class.Name}.{test.TestMethod.Method.Name}";

    private static bool NeedsTool(ITestCase test) => test.TestMethod.Method.GetCustomAttributes(typeof(ToolFactAttribute)).Any();
}

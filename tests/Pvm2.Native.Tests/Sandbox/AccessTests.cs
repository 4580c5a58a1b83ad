using Pvm2.Native.Compilation;
using Pvm2.Native.Tests.Kit;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Generation;
using Xunit;

namespace Pvm2.Native.Tests.Sandbox;

/// <summary>No access of a guest, whatever its registers hold, reads or writes anything but what its program declares.</summary>
public sealed class AccessTests
{
    private const int AddressesPerCase = 16;
    private const byte Mark = 0x5A;

    [NativeTheory]
    [InlineData(Profile.Static, false)]
    [InlineData(Profile.Static, true)]
    [InlineData(Profile.Xjar, false)]
    [InlineData(Profile.Xjar, true)]
    public void Accesses_reach_declared_memory_alone(Profile profile, bool isBaseline)
    {
        var tier = isBaseline ? new NativeTier(default(CompilerOptions)) : new NativeTier();
        var program = new AccessProgram(profile, 17);
        var options = new InstanceOptions { Tier = tier };

        // Windows lie side by side: those that are made before and after are the nearest that there is to hit.
        var neighbours = Enumerable.Range(0, 2).Select(_ => MakeNeighbour(program, options)).ToList();
        using var actual = program.Module.CreateInstance(options);
        neighbours.AddRange(Enumerable.Range(0, 2).Select(_ => MakeNeighbour(program, options)));
        using var expected = program.Module.CreateInstance();

        var exits = new Dictionary<ExitReason, int>();
        var random = new Prng(18);
        for (var i = 0; i < program.Cases.Count; i++)
        {
            for (var left = AddressesPerCase; left > 0; left--)
            {
                var reason = RunBoth(program, i, random, expected, actual);
                exits[reason] = exits.GetValueOrDefault(reason) + 1;
            }
        }

        Assert.InRange(exits[ExitReason.PageFault], 1000, int.MaxValue);
        Assert.InRange(exits[ExitReason.HostCall], 1000, int.MaxValue);
        foreach (var neighbour in neighbours)
        {
            AssertUntouched(neighbour);
            neighbour.Dispose();
        }
    }

    private static ExitReason RunBoth(AccessProgram program, int number, Prng random, Instance expected, Instance actual)
    {
        var item = program.Cases[number];
        Start(expected);
        for (var register = 1; register < RegisterNames.Count; register++)
        {
            expected.Registers[register] = random.Next();
        }

        if (item.Source != 0)
        {
            expected.Registers[item.Source] = item.Form.Solve(program.Target(random) - (uint)item.Immediate, random);
        }

        Start(actual);
        for (var register = 1; register < RegisterNames.Count; register++)
        {
            actual.Registers[register] = expected.Registers[register];
        }

        var source = expected.Registers[item.Source];
        var exit = expected.Run();
        var found = actual.Run();
        Assert.True(exit == found, $"{item}, source 0x{source:x}: {found}, not {exit}.");
        for (var register = 1; register < RegisterNames.Count; register++)
        {
            Assert.True(
                expected.Registers[register] == actual.Registers[register],
                $"{item}, source 0x{source:x}: x{register} is 0x{actual.Registers[register]:x}, not 0x{expected.Registers[register]:x}.");
        }

        foreach (var run in program.Module.Memory.Readable)
        {
            Assert.True(expected.Memory.TryGetSpan(run.Start, run.Length, out var bytes));
            Assert.True(actual.Memory.TryGetSpan(run.Start, run.Length, out var foundBytes));
            Assert.True(bytes.SequenceEqual(foundBytes), $"{item}, source 0x{source:x}: the memory from 0x{run.Start:x} on differs.");
        }

        return exit.Reason;

        void Start(Instance instance) => instance.Start(AccessProgram.Name(number));
    }

    private static Instance MakeNeighbour(AccessProgram program, InstanceOptions options)
    {
        var instance = program.Module.CreateInstance(options);
        foreach (var run in program.Module.Memory.Writable)
        {
            Assert.True(instance.Memory.TryGetWritableSpan(run.Start, run.Length, out var span));
            span.Fill(Mark);
        }

        return instance;
    }

    private static void AssertUntouched(Instance instance)
    {
        GuestWindow.AssertHoldsWhatIsDeclared(instance, Mapping.OfThisProcess());
        foreach (var run in instance.Module.Memory.Writable)
        {
            Assert.True(instance.Memory.TryGetSpan(run.Start, run.Length, out var span));
            Assert.False(span.ContainsAnyExcept(Mark));
        }
    }
}

using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Runtime.Tests.Programs;

/// <summary>Whatever a damaged container turns into, if it is accepted it runs, and ends as the specification allows.</summary>
public sealed class HostileProgramTests
{
    private const ulong Gas = 3000;
    private const int MaxHostCalls = 8;

    public static TheoryData<string> Tiers => [.. TierRegistry.Names];

    public static TheoryData<Profile, string> ProfilesAndTiers()
    {
        var data = new TheoryData<Profile, string>();
        foreach (var tier in TierRegistry.Names)
        {
            data.Add(Profile.Static, tier);
            data.Add(Profile.Xjar, tier);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(ProfilesAndTiers))]
    public void Every_flipped_bit_runs_or_is_rejected(Profile profile, string tier)
    {
        var random = new Random(51);
        var tally = new Tally();
        var runner = TierRegistry.Create(tier);
        for (var round = 0; round < 12; round++)
        {
            var bytes = ProgramWriter.Write(RandomCode.Make(random, profile));
            for (var bit = 0; bit < 8 * bytes.Length; bit++)
            {
                bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
                Examine(random, bytes, runner, tally);
                bytes[bit >> 3] ^= (byte)(1 << (bit & 7));
            }
        }

        tally.AssertVaried(expectRejections: true);
    }

    [Theory]
    [MemberData(nameof(ProfilesAndTiers))]
    public void Damage_in_many_places_runs_or_is_rejected(Profile profile, string tier)
    {
        var random = new Random(52);
        var tally = new Tally();
        var runner = TierRegistry.Create(tier);
        var samples = Enumerable.Range(0, 50).Select(_ => ProgramWriter.Write(RandomCode.Make(random, profile))).ToArray();
        for (var round = 0; round < 10_000; round++)
        {
            Examine(random, Mutations.Damage(random, samples), runner, tally);
        }

        tally.AssertVaried(expectRejections: true);
    }

    [Theory]
    [MemberData(nameof(ProfilesAndTiers))]
    public void Random_legal_code_runs(Profile profile, string tier)
    {
        var random = new Random(53);
        var tally = new Tally();
        var runner = TierRegistry.Create(tier);
        for (var round = 0; round < 5000; round++)
        {
            Examine(random, ProgramWriter.Write(RandomCode.Make(random, profile)), runner, tally);
        }

        tally.AssertVaried(expectRejections: false);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public void Random_bytes_run_as_xjar_code(string tier)
    {
        var random = new Random(54);
        var tally = new Tally();
        var runner = TierRegistry.Create(tier);
        for (var round = 0; round < 5000; round++)
        {
            var code = new byte[2 * random.Next(1, 60)];
            random.NextBytes(code);
            var program = new GuestProgram { Profile = Profile.Xjar, Code = code, EntryPoints = [new("main", 0)] };
            Examine(random, ProgramWriter.Write(program), runner, tally);
        }

        Assert.Equal(0, tally.Rejected);
        Assert.True(tally.Of(ExitReason.Panic) > 100);
    }

    /// <summary>Loads a container and, if it is accepted and declares little memory, runs it for a while.</summary>
    private static void Examine(Random random, byte[] bytes, ITier tier, Tally tally)
    {
        if (!Module.TryLoad(bytes, out var module, out _))
        {
            tally.Rejected++;
            return;
        }

        var options = new InstanceOptions
        {
            Gas = Gas,
            GasModel = random.Next(2) == 0 ? GasModel.Pipeline : GasModel.Flat,
            MaxMemory = 1 << 20,
            Tier = tier,
        };
        if (!module.TryCreateInstance(options, out var instance))
        {
            tally.Rejected++;
            return;
        }

        using (instance)
        {
            var data = RandomCode.FirstAddress(module.Program.Profile);
            var addresses = new ulong[Instance.MaxArguments];
            foreach (ref var address in addresses.AsSpan())
            {
                address = ((ulong)random.Next() << 32) | (data + (uint)random.Next(0x4000));
            }

            instance.Start(random.Next(2) == 0 ? null : module.Program.EntryPoints[^1].Name, addresses);
            RunAndCheck(instance, tally);
        }
    }

    private static void RunAndCheck(Instance instance, Tally tally)
    {
        var (program, blocks) = (instance.Module.Program, instance.Module.Blocks);
        for (var calls = 0; ; calls++)
        {
            var exit = instance.Run();
            tally.Count(exit.Reason);
            var offset = exit.ProgramCounter - program.CodeBase;
            Assert.InRange(offset, 0u, (uint)program.Code.Length);
            Assert.Equal(0ul, instance.Registers[0]);
            Assert.Equal(Gas, instance.GasLeft + instance.GasUsed);
            switch (exit.Reason)
            {
                case ExitReason.HostCall:
                    Assert.True(offset == program.Code.Length || blocks.IsStart(offset));
                    Assert.InRange(exit.Selector, -2048, 2047);
                    if (calls < MaxHostCalls)
                    {
                        continue;
                    }

                    break;
                case ExitReason.OutOfGas:
                    Assert.True(blocks.IsStart(offset));
                    Assert.True(instance.Module.Price(instance.GasModel)[blocks.IndexOf(offset)] > instance.GasLeft);
                    break;
                case ExitReason.PageFault:
                    AssertForbidden(program, exit.FaultAddress, IsStore(program, offset));
                    break;
                case ExitReason.Panic:
                    AssertPanics(program, offset);
                    break;
                default:
                    Assert.Fail($"{exit}");
                    break;
            }

            return;
        }
    }

    private static bool IsStore(GuestProgram program, uint offset)
    {
        var family = Decoder.Decode(program.Code.Span, (int)offset, program.Profile).Operation.Family;
        Assert.True(family is InstructionFamily.Load or InstructionFamily.Store, $"{family}");
        return family == InstructionFamily.Store;
    }

    private static void AssertForbidden(GuestProgram program, uint address, bool isStore)
    {
        var readable = program.Regions.Any(r => address >= r.Address && address < r.End)
            || (program.Profile == Profile.Xjar && address - program.CodeBase < program.Code.Length);
        var writable = new[] { program.ReadWriteData, program.Stack, program.Heap }
            .Any(r => address >= r.Address && address < r.End);
        Assert.False(isStore ? writable : readable, $"0x{address:x} may be accessed");
    }

    private static void AssertPanics(GuestProgram program, uint offset)
    {
        if (offset == program.Code.Length)
        {
            return;
        }

        var instruction = Decoder.Decode(program.Code.Span, (int)offset, program.Profile);
        var mayPanic = instruction.Operation.Family is InstructionFamily.Trap
            || (program.Profile == Profile.Xjar && instruction.Operation.Family is InstructionFamily.Illegal
                or InstructionFamily.IndirectJump or InstructionFamily.Jump or InstructionFamily.Branch);
        Assert.True(mayPanic, $"{instruction}");
    }

    /// <summary>How often each exit came.</summary>
    private sealed class Tally
    {
        private readonly Dictionary<ExitReason, int> _exits = [];

        internal int Rejected { get; set; }

        internal void Count(ExitReason reason) => _exits[reason] = Of(reason) + 1;

        internal int Of(ExitReason reason) => _exits.GetValueOrDefault(reason);

        /// <summary>Every exit came often enough that the test says something about it.</summary>
        internal void AssertVaried(bool expectRejections)
        {
            Assert.Equal(expectRejections, Rejected > 0);
            foreach (var reason in new[] { ExitReason.HostCall, ExitReason.OutOfGas, ExitReason.PageFault, ExitReason.Panic })
            {
                Assert.True(Of(reason) > 50, $"{reason}: {Of(reason)}");
            }
        }
    }
}

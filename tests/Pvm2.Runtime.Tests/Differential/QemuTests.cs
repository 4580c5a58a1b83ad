using Pvm2.Runtime.Isa;
using Pvm2.TestKit;
using Pvm2.TestKit.Differential;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Runtime.Tests.Differential;

public sealed class QemuTests
{
    private const int Batches = 8;
    private const int SnippetsPerBatch = 2500;

    // Of batches for tiers that compile one for seconds; the fuzzer compares these with the reference tier.
    private const int BatchesOfSlowTiers = 1;

    /// <summary>Everything that xjar and the emulator have in common, addresses of code in registers included.</summary>
    private static readonly GeneratorOptions Xjar = new()
    {
        Custom = false,
        PairsPerThousand = 150,
        MarchesPerThousand = 8,
        Excluded = QemuMachine.Unsupported,
    };

    /// <summary>What runs alike wherever the code lies, so that it can run in both profiles.</summary>
    private static readonly GeneratorOptions Static = new()
    {
        Profile = Profile.Static,
        Registers = RegisterSet.WithoutGlobalAndThreadPointer,
        CodeAddresses = false,
        Custom = false,
        PairsPerThousand = 150,
        MarchesPerThousand = 8,
        Excluded = QemuMachine.Unsupported,
    };

    [ToolFact(QemuMachine.ToolName)]
    public void Random_programs_with_addresses_of_code_do_what_they_do_in_qemu() => Compare(Xjar, 1_000_000, [Profile.Xjar]);

    [ToolFact(QemuMachine.ToolName)]
    public void Random_programs_do_what_they_do_in_qemu() => Compare(Static, 2_000_000, [Profile.Static, Profile.Xjar]);

    [ToolFact(QemuMachine.ToolName)]
    public void A_machine_that_is_wrong_is_found_out_and_its_program_made_small()
    {
        var qemu = new QemuMachine();
        var batch = SnippetBatch.Generate(3_000_000, 300, Xjar);
        Assert.True(qemu.TryRun(batch, out var expected, out var failure), failure);
        var comparison = new DifferentialComparison(qemu, new MachineWithoutXnor(), Xjar);
        Assert.False(comparison.Agrees(batch, expected, out var report));

        Assert.Contains("made smaller", report, StringComparison.Ordinal);
        Assert.Contains("xnor", report, StringComparison.Ordinal);
        Assert.Contains("<- differs", report, StringComparison.Ordinal);
        Assert.InRange(report.Split('\n').TakeWhile(line => !line.Contains("before", StringComparison.Ordinal)).Count(), 3, 8);
    }

    private static void Compare(GeneratorOptions options, ulong firstSeed, Profile[] profiles)
    {
        var qemu = new QemuMachine();
        var instructions = 0;
        for (var batchNumber = 0; batchNumber < Batches; batchNumber++)
        {
            var batch = SnippetBatch.Generate(firstSeed + (ulong)(batchNumber * SnippetsPerBatch), SnippetsPerBatch, options);
            Assert.True(qemu.TryRun(batch, out var expected, out var failure), failure);
            instructions += batch.Instructions - (SnippetsPerBatch * (batch.PrologueLength + batch.EpilogueLength));
            foreach (var machine in Machines(profiles, withSlowTiers: batchNumber < BatchesOfSlowTiers))
            {
                var comparison = new DifferentialComparison(qemu, machine, options);
                Assert.True(comparison.Agrees(batch, expected, out var report), report);
            }
        }

        Assert.InRange(instructions, 900_000, int.MaxValue);
    }

    private static IEnumerable<TierMachine> Machines(Profile[] profiles, bool withSlowTiers) =>
        from entry in TierRegistry.All
        let tier = entry.Create()
        where withSlowTiers || tier is not SampledTier
        from profile in profiles
        select new TierMachine(tier, profile);

    /// <summary>The reference tier with a mistake: xnor is an xor.</summary>
    private sealed class MachineWithoutXnor : IBatchMachine
    {
        private readonly TierMachine _machine = new(TierRegistry.Reference.Create(), Profile.Xjar);

        public string Name => "wrong";

        public bool TryRun(SnippetBatch batch, out byte[] memory, out string failure)
        {
            var wrong = batch.Code.ToArray();
            for (var offset = 0; offset < wrong.Length;)
            {
                var instruction = Decoder.Decode(wrong, offset, Profile.Xjar);
                if (instruction.Opcode == Opcode.Xnor)
                {
                    var xor = Encoder.Make(Opcode.Xor, instruction.Rd, instruction.Rs1, instruction.Rs2);
                    Encoder.Write(Encoder.Encode(xor), instruction.Length, wrong.AsSpan(offset));
                }

                offset += instruction.Length;
            }

            return _machine.TryRun(wrong, batch.Memory, out memory, out failure);
        }
    }
}

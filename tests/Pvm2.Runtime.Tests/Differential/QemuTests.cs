using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Differential;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Runtime.Tests.Differential;

public sealed class QemuTests
{
    private const int Batches = 8;
    private const int SnippetsPerBatch = 2500;

    /// <summary>Everything that xjar and the emulator have in common, addresses of code in registers included.</summary>
    private static readonly GeneratorOptions Xjar = new() { Custom = false, Excluded = QemuMachine.Unsupported };

    /// <summary>What runs alike wherever the code lies, so that it can run in both profiles.</summary>
    private static readonly GeneratorOptions Static = new()
    {
        Profile = Profile.Static,
        Registers = RegisterSet.WithoutGlobalAndThreadPointer,
        CodeAddresses = false,
        Custom = false,
        Excluded = QemuMachine.Unsupported,
    };

    [Fact]
    public void Random_programs_with_addresses_of_code_do_what_they_do_in_qemu() => Compare(Xjar, 1_000_000, [Profile.Xjar]);

    [Fact]
    public void Random_programs_do_what_they_do_in_qemu() => Compare(Static, 2_000_000, [Profile.Static, Profile.Xjar]);

    private static void Compare(GeneratorOptions options, ulong firstSeed, Profile[] profiles)
    {
        var qemu = new QemuMachine();
        for (var batchNumber = 0; batchNumber < Batches; batchNumber++)
        {
            var batch = SnippetBatch.Generate(firstSeed + (ulong)(batchNumber * SnippetsPerBatch), SnippetsPerBatch, options);
            Assert.True(qemu.TryRun(batch, out var expected, out var failure), failure);
            foreach (var machine in Machines(profiles))
            {
                var comparison = new DifferentialComparison(qemu, machine, options);
                Assert.True(comparison.Agrees(batch, expected, out var report), report);
            }
        }
    }

    private static IEnumerable<TierMachine> Machines(Profile[] profiles) =>
        TierRegistry.Names.SelectMany(tier => profiles.Select(profile => new TierMachine(TierRegistry.Create(tier), profile)));
}

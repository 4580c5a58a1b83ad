using System.Globalization;
using Pvm2.Linker;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Guests.Tests;

/// <summary>
/// Every guest, from its ELF and from its containers, on every tier: the result of <c>expected.txt</c>, the gas that is
/// on record in <c>tests/vectors/guest-gas.txt</c>, and the state at the end whose digest is in <c>guest-states.txt</c>.
/// Both are of one machine and hold on all others.
/// </summary>
public sealed class GuestGasTests
{
    /// <summary>Set to 1 to write the records anew, from the containers, on the reference tier.</summary>
    private const string UpdateVariable = "PVM2_UPDATE_GUEST_GAS";

    private static readonly Profile[] Profiles = [Profile.Static, Profile.Xjar];

    private static readonly string GasPath = Repository.PathOf("tests/vectors/guest-gas.txt");

    private static readonly string StatesPath = Repository.PathOf("tests/vectors/guest-states.txt");

    public static TheoryData<string, string, Profile> Runs()
    {
        var data = new TheoryData<string, string, Profile>();
        foreach (var tier in TierRegistry.Names)
        {
            foreach (var (guest, _) in GuestFiles.Results)
            {
                foreach (var profile in Profiles)
                {
                    data.Add(tier, guest, profile);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Result_gas_and_state_are_the_same_from_ELF_and_container(string tier, string guest, Profile profile)
    {
        var expected = new Outcome(
            GuestFiles.Results.Single(row => row.Name == guest).Result,
            ulong.Parse(ReadRecord(GasPath)[(guest, profile)], CultureInfo.InvariantCulture),
            ReadRecord(StatesPath)[(guest, profile)]);
        var linked = ElfLinker.Link(GuestFiles.ReadElf(guest), new LinkOptions { Profile = profile });
        Assert.True(linked.Succeeded, string.Join('\n', linked.Errors));
        Assert.Equal(expected, Call(Module.Create(linked.Program), tier));
        Assert.Equal(expected, Call(Module.Load(GuestFiles.ReadContainer(guest, profile)), tier));
    }

    [Fact]
    public void The_records_have_all_guests()
    {
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            UpdateRecords();
        }

        var guests = GuestFiles.Results.SelectMany(row => Profiles.Select(profile => (row.Name, profile))).ToList();
        Assert.Equal(guests, ReadRecord(GasPath).Keys);
        Assert.Equal(guests, ReadRecord(StatesPath).Keys);
    }

    private static Outcome Call(Module module, string tier)
    {
        using var run = new GuestRun(module, TierRegistry.Create(tier));
        Assert.Equal(ExitReason.Halt, run.Call());
        return new Outcome(run.Result, run.GasUsed, run.State.Digest());
    }

    private static void UpdateRecords()
    {
        const string About = "from its default entry point to its halt, pipeline model: NAME STATIC XJAR.";
        const string Update = $"# After a guest or the linker has changed: {UpdateVariable}=1 dotnet test tests/Pvm2.Guests.Tests -c Release";
        var gas = new List<string> { $"# Gas that each guest uses {About}", Update };
        var states = new List<string> { $"# Digest of registers, program counter, gas and memory of each guest {About}", Update };
        foreach (var (guest, _) in GuestFiles.Results)
        {
            var outcomes = Profiles.Select(profile =>
                Call(Module.Load(GuestFiles.ReadContainer(guest, profile)), TierRegistry.Reference.Name)).ToList();
            gas.Add($"{guest,-15} {string.Join(' ', outcomes.Select(outcome => outcome.Gas))}");
            states.Add($"{guest,-15} {string.Join(' ', outcomes.Select(outcome => outcome.State))}");
        }

        File.WriteAllText(GasPath, string.Join('\n', gas) + "\n");
        File.WriteAllText(StatesPath, string.Join('\n', states) + "\n");
    }

    private static Dictionary<(string Guest, Profile Profile), string> ReadRecord(string path)
    {
        var record = new Dictionary<(string, Profile), string>();
        foreach (var line in File.ReadLines(path).Where(line => line.Length != 0 && line[0] != '#'))
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < Profiles.Length; i++)
            {
                record.Add((parts[0], Profiles[i]), parts[i + 1]);
            }
        }

        return record;
    }

    /// <summary>How a run ended.</summary>
    private sealed record Outcome(ulong Result, ulong Gas, string State);
}

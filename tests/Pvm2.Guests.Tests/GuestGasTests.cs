using System.Globalization;
using Pvm2.Linker;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Guests.Tests;

/// <summary>
/// Every guest, from its ELF and from its containers, on every tier: the result of <c>expected.txt</c>, and the gas that
/// is on record in <c>tests/vectors/guest-gas.txt</c>.
/// </summary>
public sealed class GuestGasTests
{
    /// <summary>Set to 1 to write the record anew, from the containers, on the reference tier.</summary>
    private const string UpdateVariable = "PVM2_UPDATE_GUEST_GAS";

    private static readonly Profile[] Profiles = [Profile.Static, Profile.Xjar];

    private static readonly string RecordPath = Repository.PathOf("tests/vectors/guest-gas.txt");

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
    public void Result_and_gas_are_the_same_from_ELF_and_container(string tier, string guest, Profile profile)
    {
        var expected = (GuestFiles.Results.Single(row => row.Name == guest).Result, ReadRecord()[(guest, profile)]);
        var linked = ElfLinker.Link(GuestFiles.ReadElf(guest), new LinkOptions { Profile = profile });
        Assert.True(linked.Succeeded, string.Join('\n', linked.Errors));
        Assert.Equal(expected, Call(Module.Create(linked.Program), tier));
        Assert.Equal(expected, Call(Module.Load(GuestFiles.ReadContainer(guest, profile)), tier));
    }

    [Fact]
    public void The_record_has_all_guests()
    {
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(RecordPath, MakeRecord());
        }

        var guests = GuestFiles.Results.SelectMany(row => Profiles.Select(profile => (row.Name, profile)));
        Assert.Equal(guests, ReadRecord().Keys);
    }

    private static (ulong Result, ulong Gas) Call(Module module, string tier)
    {
        using var run = new GuestRun(module, TierRegistry.Create(tier));
        Assert.Equal(ExitReason.Halt, run.Call());
        return (run.Result, run.GasUsed);
    }

    private static string MakeRecord()
    {
        var lines = new List<string>
        {
            "# Gas that each guest uses from its default entry point to its halt, pipeline model: NAME STATIC XJAR.",
            $"# After a guest or the linker has changed: {UpdateVariable}=1 dotnet test tests/Pvm2.Guests.Tests -c Release",
        };
        foreach (var (guest, _) in GuestFiles.Results)
        {
            var gas = Profiles.Select(profile =>
                Call(Module.Load(GuestFiles.ReadContainer(guest, profile)), TierRegistry.Reference.Name).Gas);
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{guest,-15} {string.Join(' ', gas)}"));
        }

        return string.Join('\n', lines) + "\n";
    }

    private static Dictionary<(string Guest, Profile Profile), ulong> ReadRecord()
    {
        var record = new Dictionary<(string, Profile), ulong>();
        foreach (var line in File.ReadLines(RecordPath).Where(line => line.Length != 0 && line[0] != '#'))
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < Profiles.Length; i++)
            {
                record.Add((parts[0], Profiles[i]), ulong.Parse(parts[i + 1], CultureInfo.InvariantCulture));
            }
        }

        return record;
    }
}

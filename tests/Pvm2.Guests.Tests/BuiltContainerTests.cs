using Pvm2.Linker;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Guests.Tests;

/// <summary>The containers in the repository: they run to their checksums, and are what the linker makes today.</summary>
public sealed class BuiltContainerTests
{
    private static readonly Profile[] Profiles = [Profile.Static, Profile.Xjar];

    public static TheoryData<string, ulong, Profile> Guests()
    {
        var data = new TheoryData<string, ulong, Profile>();
        foreach (var (name, result) in GuestFiles.Results)
        {
            foreach (var profile in Profiles)
            {
                data.Add(name, result, profile);
            }
        }

        return data;
    }

    public static TheoryData<string, ulong, Profile, string> GuestsAndTiers()
    {
        var data = new TheoryData<string, ulong, Profile, string>();
        foreach (var (name, result) in GuestFiles.Results)
        {
            foreach (var (profile, tier) in Combinations())
            {
                data.Add(name, result, profile, tier);
            }
        }

        return data;
    }

    public static TheoryData<Profile, string> ProfilesAndTiers()
    {
        var data = new TheoryData<Profile, string>();
        foreach (var (profile, tier) in Combinations())
        {
            data.Add(profile, tier);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(GuestsAndTiers))]
    public void A_guest_leaves_its_result_however_often_it_is_called(
        string name, ulong result, Profile profile, string tier)
    {
        using var run = new GuestRun(Load(name, profile), TierRegistry.Create(tier));
        Assert.Equal(ExitReason.Halt, run.Call());
        Assert.Equal(result, run.Result);
        Assert.Equal(ExitReason.Halt, run.Call());
        Assert.Equal(result, run.Result);
    }

    [Theory]
    [MemberData(nameof(Guests))]
    public void The_linker_makes_the_same_bytes(string name, ulong result, Profile profile)
    {
        Assert.Contains(GuestFiles.Results, row => row == (name, result));
        var linked = ElfLinker.Link(GuestFiles.ReadElf(name), new LinkOptions { Profile = profile });
        Assert.True(linked.Succeeded, string.Join('\n', linked.Errors));
        Assert.True(
            ProgramWriter.Write(linked.Program).AsSpan().SequenceEqual(GuestFiles.ReadContainer(name, profile)),
            $"built/{GuestFiles.FolderOf(profile)}/{name}.pvm2 is out of date: run bench/guests/build.sh --no-compile.");
    }

    [Theory]
    [MemberData(nameof(ProfilesAndTiers))]
    public void Entry_points_by_name_leave_their_results(Profile profile, string tier)
    {
        Assert.NotEmpty(GuestFiles.EntryCalls);
        foreach (var calls in GuestFiles.EntryCalls.GroupBy(call => call.Guest))
        {
            using var run = new GuestRun(Load(calls.Key, profile), TierRegistry.Create(tier));
            foreach (var call in calls)
            {
                Assert.Equal((call.Entry, ExitReason.Halt), (call.Entry, run.Call(call.Entry, call.Arguments)));
                Assert.Equal((call.Entry, call.Result), (call.Entry, run.Result));
            }
        }
    }

    [Theory]
    [MemberData(nameof(ProfilesAndTiers))]
    public void Echo_answers_in_upper_case(Profile profile, string tier)
    {
        var input = new string('x', 5000) + ", caf\u00e9 1!\n";
        using var run = new GuestRun(Load("echo", profile), TierRegistry.Create(tier), input);
        Assert.Equal(ExitReason.Halt, run.Call());
        Assert.Equal(new string('X', 5000) + ", CAF\u00e9 1!\n", run.Output);
        Assert.Equal((ulong)run.Output.Length + 1, run.Result); // bytes: one letter has two
    }

    [Theory]
    [MemberData(nameof(ProfilesAndTiers))]
    public void Hello_greets(Profile profile, string tier)
    {
        using var run = new GuestRun(Load("hello", profile), TierRegistry.Create(tier));
        Assert.Equal(ExitReason.Halt, run.Call());
        Assert.Equal("Hello from a PVM2 guest.\n", run.Output);
        Assert.Empty(run.Error);
    }

    [Theory]
    [MemberData(nameof(ProfilesAndTiers))]
    public void A_panic_in_Rust_is_a_message_and_a_panic_of_the_machine(Profile profile, string tier)
    {
        using var run = new GuestRun(Load("collections", profile), TierRegistry.Create(tier));
        Assert.Equal(ExitReason.Panic, run.Call("first_digit", 0));
        Assert.Contains("index out of bounds: the len is 0", run.Error, StringComparison.Ordinal);
        Assert.Contains("rust/collections.rs", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ProfilesAndTiers))]
    public void Recursion_beyond_the_stack_is_a_page_fault(Profile profile, string tier)
    {
        using var run = new GuestRun(Load("exports", profile), TierRegistry.Create(tier));
        Assert.Equal(ExitReason.PageFault, run.Call("recurse", 1_000_000));
    }

    private static IEnumerable<(Profile Profile, string Tier)> Combinations() =>
        from profile in Profiles from tier in TierRegistry.Names select (profile, tier);

    private static Module Load(string name, Profile profile) => Module.Load(GuestFiles.ReadContainer(name, profile));
}

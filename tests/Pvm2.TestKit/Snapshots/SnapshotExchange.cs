using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Snapshots;
using Pvm2.TestKit.Generation;

namespace Pvm2.TestKit.Snapshots;

/// <summary>
/// Snapshots that go from one processor to another: one process writes a folder of them with what must come of each,
/// another finishes them on every tier that it has.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="stride">Of how many trials the tiers get one that take long to compile a module.</param>
public sealed class SnapshotExchange(string folder, int stride)
{
    private const int BuiltGuestEvery = 10;

    /// <summary>Guests that take less than a second under emulation.</summary>
    private static readonly string[] BuiltGuests =
        ["keccak", "blake2b", "ed25519", "ecrecover", "hello", "echo", "exports", "shapes", "collections"];

    private readonly ExchangeTiers _tiers = new(stride);

    private string TrialsPath => Path.Combine(folder, "trials.jsonl");

    /// <summary>Takes snapshots of random and built guests at random gas marks.</summary>
    /// <param name="seed">Names the guests and the marks.</param>
    /// <param name="count">How many.</param>
    /// <param name="report">Told what was taken.</param>
    /// <returns>What went wrong: runs that did not end as they must.</returns>
    public IReadOnlyList<string> Write(ulong seed, int count, TextWriter report)
    {
        ArgumentNullException.ThrowIfNull(report);
        Directory.CreateDirectory(folder);
        var random = new Prng(seed);
        var problems = new List<string>();
        var takers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        using var trials = new StreamWriter(TrialsPath);
        for (var number = 0; number < count; number++)
        {
            var (name, tier) = _tiers.Taking(number, random);
            var trial = Take(number, NextGuest(random, number), random, name, tier, problems);
            trials.WriteLine(JsonSerializer.Serialize(trial));
            Count(takers, name);
        }

        report.WriteLine($"{RuntimeInformation.ProcessArchitecture}: {count} snapshots of seed {seed}, taken by {Describe(takers)}");
        return problems;
    }

    /// <summary>Finishes all trials of the folder on the tiers that there are here.</summary>
    /// <param name="report">Told what was finished.</param>
    /// <returns>What went wrong.</returns>
    public IReadOnlyList<string> Finish(TextWriter report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var problems = new List<string>();
        var finishers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(TrialsPath))
        {
            var trial = JsonSerializer.Deserialize<ExchangeTrial>(line)!;
            foreach (var (name, tier) in _tiers.For(number))
            {
                var place = $"trial {number}, {trial.Guest}, taken by {trial.TakenBy}, finished by {Place(name)}";
                problems.AddRange(Finish(trial, tier).Select(problem => $"{place}: {problem}"));
                Count(finishers, name);
            }

            number++;
        }

        report.WriteLine($"{RuntimeInformation.ProcessArchitecture}: {number} trials, finished by {Describe(finishers)}: "
            + (problems.Count == 0 ? "all as they must" : $"{problems.Count} problems"));
        return problems;
    }

    private static SnapshotGuest NextGuest(Prng random, int number)
    {
        var profile = random.Chance(1, 2) ? Profile.Static : Profile.Xjar;
        return number % BuiltGuestEvery == BuiltGuestEvery - 1
            ? SnapshotGuest.Built(random.Pick<string>(BuiltGuests), profile)
            : SnapshotGuest.OfSeed(random.Next());
    }

    private ExchangeTrial Take(
        int number, SnapshotGuest guest, Prng random, string name, ITier tier, List<string> problems)
    {
        var (final, total) = RunThrough(guest);
        var marks = (First: random.Next() % total, Later: random.Next() % total);
        var (first, later) = (Math.Min(marks.First, marks.Later), Math.Max(marks.First, marks.Later));
        var file = string.Create(CultureInfo.InvariantCulture, $"{number:d5}.pvms");

        using var instance = guest.Start(tier);
        SnapshotGuest.RunTo(instance, first);
        using (var stream = File.Create(Path.Combine(folder, file)))
        {
            instance.TakeSnapshot(withProgram: true).WriteTo(stream);
        }

        SnapshotGuest.RunTo(instance, later);
        var laterHash = FinalState.HashOf(instance.TakeSnapshot());
        var actual = FinalState.Of(instance, SnapshotGuest.RunTo(instance, mark: null));
        if (actual != final)
        {
            problems.Add($"trial {number}, {guest.Name}: in pieces on {Place(name)} {actual}, not {final}");
        }

        return new ExchangeTrial(guest.Name, guest.HasDefaultHost, Place(name), file, later, laterHash, final);
    }

    private static (FinalState Final, ulong Total) RunThrough(SnapshotGuest guest)
    {
        using var instance = guest.Start(ExchangeTiers.Reference);
        var final = FinalState.Of(instance, SnapshotGuest.RunTo(instance, mark: null));
        return (final, Math.Max(1, instance.GasUsed!.Value));
    }

    private List<string> Finish(ExchangeTrial trial, ITier tier)
    {
        var bytes = File.ReadAllBytes(Path.Combine(folder, trial.File));
        if (!Snapshot.TryRead(bytes, out var snapshot, out var error))
        {
            return [$"not read: {error}"];
        }

        if (!Module.TryLoad(snapshot.Container.Span, out var module, out var programError))
        {
            return [$"its program is not loaded: {programError}"];
        }

        using var instance = SnapshotGuest.Restore(module, snapshot, tier, trial.HasDefaultHost);
        var problems = new List<string>();
        if (!instance.TakeSnapshot(withProgram: true).ToArray().AsSpan().SequenceEqual(bytes))
        {
            problems.Add("its own snapshot has other bytes");
        }

        SnapshotGuest.RunTo(instance, trial.LaterMark);
        if (FinalState.HashOf(instance.TakeSnapshot()) != trial.LaterHash)
        {
            problems.Add($"the snapshot at {trial.LaterMark} gas has other bytes");
        }

        var actual = FinalState.Of(instance, SnapshotGuest.RunTo(instance, mark: null));
        if (actual != trial.Final)
        {
            problems.Add($"{actual}, not {trial.Final}");
        }

        return problems;
    }

    private static string Place(string tier) => $"{tier} on {RuntimeInformation.ProcessArchitecture}";

    private static void Count(SortedDictionary<string, int> counts, string name) =>
        counts[name] = counts.GetValueOrDefault(name) + 1;

    private static string Describe(SortedDictionary<string, int> counts) =>
        string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));
}

using System.Globalization;

namespace Pvm2.Compare.Measuring;

/// <summary>What each workload must leave: the public checksums of the ten.</summary>
public sealed class ExpectedResults
{
    private const int Workloads = 10;

    private readonly Dictionary<string, ulong> _results = [];

    /// <summary>Reads the ten workloads of a file such as <c>bench/guests/expected.txt</c>, where they come first.</summary>
    public ExpectedResults(string path)
    {
        foreach (var line in File.ReadLines(path).Where(line => !line.StartsWith('#')).Take(Workloads))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            _results.Add(words[0], ulong.Parse(words[1].AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            Names = [.. Names, words[0]];
        }
    }

    /// <summary>The workloads, in the order of the announcement.</summary>
    public IReadOnlyList<string> Names { get; } = [];

    /// <summary>What a workload leaves.</summary>
    public ulong this[string workload] => _results[workload];

    /// <summary>Says what is wrong with a result.</summary>
    /// <returns>Null where nothing is.</returns>
    public string? WhyWrong(string workload, ulong result) => result == _results[workload]
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"it leaves 0x{result:x} for {workload}, where 0x{_results[workload]:x} is right.");
}

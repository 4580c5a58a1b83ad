using System.Text.Json;
using Pvm2.TestKit.Fuzzing;

namespace Pvm2.Fuzz.Running;

/// <summary>A run in numbers. Not safe for use by several threads.</summary>
internal sealed class FuzzTotals
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The seed that the cases were made of.</summary>
    public ulong Seed { get; init; }

    /// <summary>The number of the first case that no run has had yet.</summary>
    public ulong Next { get; set; }

    /// <summary>Seconds that it took.</summary>
    public double Seconds { get; set; }

    /// <summary>Cases that ended, those of the corpus among them.</summary>
    public long Cases { get; private set; }

    /// <summary>Cases of the corpus that ended.</summary>
    public long CorpusCases { get; set; }

    /// <summary>Basic blocks of all programs.</summary>
    public long Blocks { get; private set; }

    /// <summary>Those that the first run of their case entered.</summary>
    public long BlocksExecuted { get; private set; }

    /// <summary>Blocks that the first runs executed, each as often as they did.</summary>
    public long BlockExecutions { get; private set; }

    /// <summary>Instructions that the first runs executed.</summary>
    public long InstructionsExecuted { get; private set; }

    /// <summary>Runs, each on several tiers side by side.</summary>
    public long Runs { get; private set; }

    /// <summary>Stops at which these were compared.</summary>
    public long Stops { get; private set; }

    /// <summary>How often a run went on in code of another tier.</summary>
    public long Switches { get; private set; }

    /// <summary>Differences, crashes and hangs.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>How the first runs ended.</summary>
    public SortedDictionary<string, long> Ends { get; } = new(StringComparer.Ordinal);

    /// <summary>What each tier had.</summary>
    public SortedDictionary<string, TierTotals> Tiers { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a case.</summary>
    internal void Add(CaseCounts counts)
    {
        Cases++;
        Blocks += counts.Blocks;
        BlocksExecuted += counts.BlocksExecuted;
        BlockExecutions += counts.BlockExecutions;
        InstructionsExecuted += counts.InstructionsExecuted;
        Runs += counts.Runs;
        Stops += counts.Stops;
        Switches += counts.Switches;
        var end = counts.End.ToString();
        Ends[end] = Ends.GetValueOrDefault(end) + 1;
        foreach (var name in counts.Tiers)
        {
            var tier = Tiers.GetValueOrDefault(name, new TierTotals(0, 0, 0));
            Tiers[name] = new TierTotals(tier.Cases + 1, tier.Blocks + counts.Blocks, tier.BlocksExecuted + counts.BlocksExecuted);
        }
    }

    /// <summary>Everything as JSON.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, Format);
}

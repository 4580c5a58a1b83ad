using Pvm2.Compare.Results;

namespace Pvm2.Compare.CommandLine;

/// <summary>What a command line asks for.</summary>
internal sealed record CompareRequest
{
    /// <summary>What is to be done.</summary>
    public required CompareAction Action { get; init; }

    /// <summary>Whether the quick plan is enough.</summary>
    public required bool IsQuick { get; init; }

    /// <summary>Ids of the engines that take part; empty for those of the plan.</summary>
    public required IReadOnlyList<string> Engines { get; init; }

    /// <summary>Names of the workloads; empty for those of the plan.</summary>
    public required IReadOnlyList<string> Workloads { get; init; }

    /// <summary>The kinds; empty for those of the plan.</summary>
    public required IReadOnlyList<Kind> Kinds { get; init; }

    /// <summary>Whether program sizes, many instances and the warm-up of tiers are measured where the plan has them.</summary>
    public required bool WithScale { get; init; }

    /// <summary>Samples of each figure within a pass; null for those of the plan.</summary>
    public required int? Rounds { get; init; }

    /// <summary>Of the generator that shuffles.</summary>
    public required int Seed { get; init; }

    /// <summary>Files that describe further engines.</summary>
    public required IReadOnlyList<string> Adapters { get; init; }

    /// <summary>The folder for the report.</summary>
    public required string Output { get; init; }

    /// <summary>Results to report or publish, instead of measuring.</summary>
    public required string? Results { get; init; }

    /// <summary>The program that holds the engines that are .NET libraries.</summary>
    public required string Host { get; init; }

    /// <summary>The folder of the workloads' programs.</summary>
    public required string Built { get; init; }

    /// <summary>The folder of saved guests.</summary>
    public required string Saved { get; init; }

    /// <summary>The folder of generated programs; null where there are none.</summary>
    public required string? Sizes { get; init; }
}

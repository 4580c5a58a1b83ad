namespace Pvm2.Benchmarks.Measuring;

/// <summary>What a series of samples measures.</summary>
/// <param name="Workload">Name of the guest.</param>
/// <param name="Tier">What executes it, <see cref="BareMetal"/>, or <see cref="Any"/> where no tier takes part.</param>
/// <param name="Gas">The gas model, or <see cref="Any"/> where none takes part.</param>
/// <param name="Stage">What is inside the clock.</param>
internal readonly record struct SeriesKey(string Workload, string Tier, string Gas, Stage Stage)
{
    /// <summary>The tier of the machine's own code.</summary>
    public const string BareMetal = "bare";

    /// <summary>The name of the native tier, also where it cannot run.</summary>
    public const string Native = "native";

    /// <summary>Where there is no tier or no gas model.</summary>
    public const string Any = "-";

    /// <summary>The key of bare metal's run.</summary>
    public static SeriesKey OfBareMetal(string workload) => new(workload, BareMetal, Any, Stage.Run);

    /// <summary>The key of loading.</summary>
    public static SeriesKey OfLoad(string workload) => new(workload, Any, Any, Stage.Load);
}

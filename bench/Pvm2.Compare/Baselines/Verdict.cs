namespace Pvm2.Compare.Baselines;

/// <summary>What became of a ratio.</summary>
public enum Verdict
{
    /// <summary>Neither better nor worse, or not surely.</summary>
    Same,

    /// <summary>The whole interval lies as far below the stored ratio as the tolerance allows above it.</summary>
    Better,

    /// <summary>An engine was not measured, or there were too few rounds for an interval of 95 %: nothing is known.</summary>
    NotMeasured,

    /// <summary>The whole interval lies above what is allowed.</summary>
    Worse,
}

namespace Pvm2.IlJit.Tiering;

/// <summary>Something to do in the background.</summary>
/// <param name="Code">Whose it is. A job does not keep a module alive that nobody else wants any more.</param>
/// <param name="Region">The region to compile; <see cref="Plan"/> to group the blocks into regions.</param>
internal readonly record struct CompilationJob(WeakReference<TieredCode> Code, int Region)
{
    /// <summary>Stands for no region, but the plan of all.</summary>
    internal const int Plan = -1;

    /// <summary>How urgent it is; negative where it does not matter any more.</summary>
    internal long Urgency =>
        !Code.TryGetTarget(out var code) ? -1
        : Region == Plan ? long.MaxValue
        : code.HeatOf(Region);
}

using Pvm2.Runtime.Governing;

namespace Pvm2.IlJit.Tiering;

/// <summary>Something to do in the background.</summary>
/// <param name="queue">What it waits in.</param>
/// <param name="code">Whose it is. A job does not keep a module alive that nobody else wants any more.</param>
/// <param name="region">The region to compile; <see cref="Plan"/> to group the blocks into regions.</param>
internal sealed class CompilationJob(CompilationQueue queue, WeakReference<TieredCode> code, int region) : BackgroundJob
{
    /// <summary>Stands for no region, but the plan of all.</summary>
    internal const int Plan = -1;

    /// <inheritdoc/>
    internal override long Urgency =>
        !code.TryGetTarget(out var target) ? -1
        : region == Plan ? long.MaxValue
        : target.HeatOf(region);

    /// <inheritdoc/>
    internal override void Execute()
    {
        if (code.TryGetTarget(out var target))
        {
            target.Execute(region, queue.Compile);
            queue.NoteSuccess(isRegion: region != Plan);
        }
    }

    /// <inheritdoc/>
    internal override void Fail(Exception exception)
    {
        if (code.TryGetTarget(out var target))
        {
            target.GiveUp(region);
            queue.NoteFailure(exception);
        }
    }
}

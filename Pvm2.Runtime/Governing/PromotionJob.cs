namespace Pvm2.Runtime.Governing;

/// <summary>A module to be compiled for its next stage.</summary>
/// <param name="code">What is hot. The job keeps neither it nor its module alive.</param>
internal sealed class PromotionJob(WeakReference<WatchedCode> code) : BackgroundJob
{
    /// <inheritdoc/>
    internal override long Urgency => code.TryGetTarget(out var target) ? target.Heat : -1;

    /// <inheritdoc/>
    internal override void Execute()
    {
        if (code.TryGetTarget(out var target))
        {
            target.Promote();
        }
    }

    /// <inheritdoc/>
    internal override void Fail(Exception exception)
    {
        if (code.TryGetTarget(out var target))
        {
            target.PostponeAfter(exception);
        }
    }
}

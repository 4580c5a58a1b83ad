namespace Pvm2.Runtime.Governing;

/// <summary>Something to do in the background. It should not keep a module alive that nobody else wants any more.</summary>
internal abstract class BackgroundJob
{
    /// <summary>How urgent it is; negative where it does not matter any more. Asked often, and under a lock.</summary>
    internal abstract long Urgency { get; }

    /// <summary>Does it. Whatever it throws goes to <see cref="Fail"/>.</summary>
    internal abstract void Execute();

    /// <summary>Notes why it could not be done.</summary>
    internal abstract void Fail(Exception exception);
}

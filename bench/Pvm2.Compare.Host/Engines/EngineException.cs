namespace Pvm2.Compare.Host.Engines;

/// <summary>An engine cannot go on. The message is the reason that the protocol gives.</summary>
internal sealed class EngineException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="reason">Why, in words for the reader of a report.</param>
    public EngineException(string reason)
        : base(reason)
    {
    }
}

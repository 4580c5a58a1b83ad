namespace Pvm2.Compare.Protocol;

/// <summary>An engine did not do what it was asked for. The message says what happened, for people.</summary>
public class EngineException : Exception
{
    /// <summary>Makes a failure.</summary>
    public EngineException(string message)
        : base(message)
    {
    }

    /// <summary>Makes a failure that has a cause.</summary>
    public EngineException(string message, Exception cause)
        : base(message, cause)
    {
    }
}

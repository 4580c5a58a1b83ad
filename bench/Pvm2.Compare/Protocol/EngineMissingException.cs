namespace Pvm2.Compare.Protocol;

/// <summary>The command that holds an engine is not on this machine, or is none that the machine can start.</summary>
public sealed class EngineMissingException : EngineException
{
    /// <summary>Makes a failure.</summary>
    public EngineMissingException(string message)
        : base(message)
    {
    }

    /// <summary>Makes a failure that has a cause.</summary>
    public EngineMissingException(string message, Exception cause)
        : base(message, cause)
    {
    }
}

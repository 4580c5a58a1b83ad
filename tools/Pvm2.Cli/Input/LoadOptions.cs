using Pvm2.Runtime.Isa;

namespace Pvm2.Cli.Input;

/// <summary>How to make a program of a file that is not one yet.</summary>
internal sealed record LoadOptions
{
    /// <summary>The profile to link or assemble for; null for the default, or for what a container says.</summary>
    public Profile? Profile { get; init; }

    /// <summary>Whether instructions take their 2-byte form where they have one.</summary>
    public bool Compress { get; init; } = true;
}

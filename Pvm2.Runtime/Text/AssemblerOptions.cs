using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Text;

/// <summary>What an assembly source is assembled for.</summary>
public sealed record AssemblerOptions
{
    /// <summary>The profile, where the source has no <c>.profile</c> directive.</summary>
    public Profile Profile { get; init; } = Profile.Static;

    /// <summary>
    /// Whether instructions take their 2-byte form where they have one. <c>.option rvc</c> and
    /// <c>.option norvc</c> override this from where they stand.
    /// </summary>
    public bool Compress { get; init; } = true;
}

namespace Pvm2.IlJit.Tiering;

/// <summary>How the tier goes about compiling.</summary>
public sealed record IlTierOptions
{
    /// <summary>When modules are compiled.</summary>
    public CompilationMode Mode { get; init; } = CompilationMode.Background;

    /// <summary>
    /// In the background mode, how much gas (instructions, where nothing is metered) is interpreted in a module before
    /// it is looked at, and then in each part of it before that part is compiled. The default is a fraction of a
    /// millisecond of interpretation.
    /// </summary>
    public ulong HotGas { get; init; } = 1 << 17;
}

using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;

namespace Pvm2.Runtime.Execution;

/// <summary>How an instance runs.</summary>
public sealed record InstanceOptions
{
    /// <summary>The default of <see cref="MaxMemory"/>: 1 GiB.</summary>
    public const ulong DefaultMaxMemory = 1UL << 30;

    /// <summary>Gas that the instance starts with; unused where <see cref="GasModel"/> is <see cref="GasModel.None"/>.</summary>
    public ulong Gas { get; init; } = ulong.MaxValue;

    /// <summary>How blocks get their price.</summary>
    public GasModel GasModel { get; init; } = GasModel.Pipeline;

    /// <summary>The host calls that are answered; any other leaves <see cref="Instance.Run(RunLimits)"/>.</summary>
    public HostCallTable HostCalls { get; init; } = new();

    /// <summary>Bytes of memory that the program may declare; a program that declares more gets no instance.</summary>
    public ulong MaxMemory { get; init; } = DefaultMaxMemory;

    /// <summary>What executes the program.</summary>
    public ITier Tier { get; init; } = InterpreterTier.Instance;
}

using Pvm2.Runtime.Execution;

namespace Pvm2.TestKit.Lockstep;

/// <summary>The host of instances that run side by side: it does the same to each of them.</summary>
public sealed record LockstepHost
{
    private const int A0 = 10;

    /// <summary>Answers a call with a number that depends on its selector, and limits nothing.</summary>
    public static LockstepHost Default { get; } = new();

    /// <summary>The host calls that are answered while the guest runs; any other stops it.</summary>
    public HostCallTable Calls { get; init; } = new();

    /// <summary>
    /// Answers a host call, or any other exit but that for want of gas, after which the run goes on. What it does may
    /// depend on nothing but the instance and the exit.
    /// </summary>
    public Action<Instance, Exit> Answer { get; init; } =
        static (instance, exit) => instance.Registers[A0] += (ulong)exit.Selector;

    /// <summary>What limits the run that comes after so many stops.</summary>
    public Func<int, RunLimits> Limits { get; init; } = static _ => default;

    /// <summary>Runs an instance until an exit that every tier must have there.</summary>
    public Func<Instance, RunLimits, Exit> Run { get; init; } = static (instance, limits) => instance.Run(limits);

    /// <summary>After so many stops the runs are left where they are.</summary>
    public int MaxStops { get; init; } = 5000;
}

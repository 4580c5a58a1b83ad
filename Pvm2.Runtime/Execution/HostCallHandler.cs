namespace Pvm2.Runtime.Execution;

/// <summary>
/// Answers a host call. It may read and write the caller's registers and memory and add or take gas, but not run,
/// start, reset or dispose it. What it throws leaves the run, which then stands paused after the call.
/// </summary>
/// <param name="caller">The instance that called.</param>
/// <returns>What to do next.</returns>
public delegate HostCallAction HostCallHandler(Instance caller);

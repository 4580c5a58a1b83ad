namespace Pvm2.Benchmarks.Measuring;

/// <summary>What is inside the clock.</summary>
internal enum Stage
{
    /// <summary>From the bytes of a container to a validated module.</summary>
    Load,

    /// <summary>From a validated module to code that can be entered: prices, code, its place in memory.</summary>
    Compile,

    /// <summary>
    /// The same, once and after other work, where <see cref="Compile"/> is repeated and so finds the processor's caches
    /// and predictors full of itself.
    /// </summary>
    CompileOnce,

    /// <summary>Making an instance of a module that is compiled: its memory, filled and protected.</summary>
    Instance,

    /// <summary>The first run in a new instance: the guest touches each of its pages for the first time.</summary>
    FirstRun,

    /// <summary>Another run in an instance that has run before, as bare metal is called again and again.</summary>
    Run,

    /// <summary>Resetting an instance that has run, and its next run.</summary>
    ResetRun,

    /// <summary>Giving an instance back that has run once.</summary>
    Dispose,

    /// <summary>From the bytes of a container to the result: load, compile, instance and first run.</summary>
    Cold,

    /// <summary>The same, once and after other work.</summary>
    ColdOnce,
}

namespace Pvm2.Compare.Host.Engines;

/// <summary>When a tier makes the code that guests run on.</summary>
internal enum CodeTime
{
    /// <summary>All of it before the first run.</summary>
    BeforeRuns,

    /// <summary>Each part when a run calls it for the first time, by .NET.</summary>
    AtFirstCall,

    /// <summary>In the background, for what turns out to be hot.</summary>
    WhileRunning,
}

namespace Pvm2.Compare.Host.Engines;

/// <summary>What can be measured of an engine, by the names of the protocol's requests.</summary>
internal enum MeasuredKind
{
    /// <summary>From bytes to code that can be entered.</summary>
    Compile,

    /// <summary>From bytes to the result of the first run.</summary>
    Cold,

    /// <summary>Another run of an instance that has run.</summary>
    Run,

    /// <summary>Many instances that live at once.</summary>
    Instances,
}

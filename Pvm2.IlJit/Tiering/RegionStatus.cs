namespace Pvm2.IlJit.Tiering;

/// <summary>How far a region has come.</summary>
internal enum RegionStatus
{
    /// <summary>Interpreted, and watched.</summary>
    Cold,

    /// <summary>Interpreted until it is compiled in the background.</summary>
    Queued,

    /// <summary>Compiled. A block that is no entry may still be interpreted, until the next entry.</summary>
    Compiled,

    /// <summary>Interpreted for good.</summary>
    Interpreted,
}

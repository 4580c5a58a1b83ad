namespace Pvm2.Linker.Input;

/// <summary>What a <see cref="Location"/> refers to.</summary>
internal enum LocationKind : byte
{
    /// <summary>Nothing: there is no reference.</summary>
    None,

    /// <summary>A number that no layout moves.</summary>
    Absolute,

    /// <summary>A place in, or relative to, a data section.</summary>
    Data,

    /// <summary>An instruction.</summary>
    Code,

    /// <summary>A boundary of a region that the linker lays out.</summary>
    Boundary,
}

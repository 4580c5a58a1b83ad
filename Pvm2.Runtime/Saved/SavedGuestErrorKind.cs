namespace Pvm2.Runtime.Saved;

/// <summary>In what way a file is no saved guest that this runtime can run.</summary>
public enum SavedGuestErrorKind
{
    /// <summary>It is no assembly, or an assembly that holds no guest.</summary>
    NoSavedGuest,

    /// <summary>It was compiled for a runtime with another version of <see cref="Portable.PortableAbi"/>.</summary>
    OtherRuntime,

    /// <summary>Parts of it do not belong together, or its program breaks a rule.</summary>
    Damaged,
}

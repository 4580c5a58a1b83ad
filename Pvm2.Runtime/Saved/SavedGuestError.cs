namespace Pvm2.Runtime.Saved;

/// <summary>Why a file is no saved guest that this runtime can run.</summary>
/// <param name="Kind">In what way.</param>
/// <param name="Reason">The reason in words.</param>
public sealed record SavedGuestError(SavedGuestErrorKind Kind, string Reason)
{
    /// <summary>The reason in words.</summary>
    public override string ToString() => Reason;
}

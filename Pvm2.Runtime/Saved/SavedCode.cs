using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Saved;

/// <summary>PLACEHOLDER until driver.</summary>
internal static class SavedCode
{
    internal static TierCode Install(Module module, SavedGuest guest, SavedRegions regions, int index, nint methods) => throw new NotSupportedException();
}

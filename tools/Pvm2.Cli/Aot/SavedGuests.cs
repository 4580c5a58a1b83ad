using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Pvm2.Cli.Input;
using Pvm2.Cli.Running;
using Pvm2.Engine;
using Pvm2.IlJit.Aot;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Saved;

namespace Pvm2.Cli.Aot;

/// <summary>
/// The only place that writes and loads assemblies. A command that NativeAOT made can do neither; there all of this
/// answers so, and what it would need is left out of the build.
/// </summary>
internal static class SavedGuests
{
    private const string Guarded = "Only where code can be generated, which is not in a trimmed build.";

    private static CommandFailure NotAvailable => TierCatalog.Unavailable(TierCatalog.Saved, TierOffer.NotBuilt(TierCatalog.Saved).Reason);

    /// <summary>The tier that compiles to an assembly in memory.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Guarded)]
    public static TierOffer Offer() => RuntimeFeature.IsDynamicCodeSupported
        ? new TierOffer(TierCatalog.Saved, new AotTier(), string.Empty)
        : TierOffer.NotBuilt(TierCatalog.Saved);

    /// <summary>Loads a saved guest, which runs code of the file.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Guarded)]
    public static bool TryLoad(
        string path, [NotNullWhen(true)] out SavedGuest? guest, [NotNullWhen(false)] out CommandFailure? failure)
    {
        guest = null;
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            failure = NotAvailable;
            return false;
        }

        failure = SavedGuestFile.TryLoad(path, out guest, out var error)
            ? null
            : new CommandFailure(
                error.Kind == SavedGuestErrorKind.OtherRuntime ? ExitCode.UnsupportedTier : ExitCode.InvalidProgram,
                $"{path}: {error.Reason}");
        return failure is null;
    }

    /// <summary>Compiles a module to the bytes of an assembly.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Guarded)]
    public static bool TryWrite(
        Module module,
        string path,
        GuestAssemblyOptions options,
        out ReadOnlyMemory<byte> assembly,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        assembly = default;
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            failure = NotAvailable;
            return false;
        }

        if (!GuestAssembly.CanWrite(module))
        {
            failure = new CommandFailure(
                ExitCode.LimitExceeded,
                $"{path}: is larger than the {GuestAssembly.MaxContainerSize} bytes that an assembly holds");
            return false;
        }

        using var stream = new MemoryStream();
        GuestAssembly.Write(module, options, stream);
        assembly = stream.ToArray();
        failure = null;
        return true;
    }
}

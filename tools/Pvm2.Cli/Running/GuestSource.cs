using System.Diagnostics.CodeAnalysis;
using Pvm2.Cli.Aot;
using Pvm2.Cli.Input;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Saved;

namespace Pvm2.Cli.Running;

/// <summary>What is to run: a module and the tiers for it, of any file that <c>run</c> takes.</summary>
/// <param name="Source">The program.</param>
/// <param name="Module">Its loaded form.</param>
/// <param name="Tiers">What to run on, and after it what to fall back to.</param>
internal sealed record GuestSource(SourceProgram Source, Module Module, IReadOnlyList<ITier> Tiers)
{
    /// <summary>Finds the tiers, reads the file and loads the program.</summary>
    public static bool TryRead(
        RunRequest request, [NotNullWhen(true)] out GuestSource? guest, [NotNullWhen(false)] out CommandFailure? failure)
    {
        guest = null;
        if (!TierCatalog.TryFind(request.Tier, out var tiers, out failure)
            || !TryReadBytes(request, out var bytes, out failure))
        {
            return false;
        }

        if (ProgramSource.KindOf(request.File, bytes.Span) == FileKind.SavedGuest)
        {
            return TryLoad(request, bytes.Length, tiers, out guest, out failure);
        }

        if (!ProgramSource.TryMake(request.File, bytes, request.Profile, out var source, out failure)
            || !ModuleSource.TryLoad(source, out var module, out failure))
        {
            return false;
        }

        guest = new GuestSource(source, module, tiers);
        return true;
    }

    private static bool TryReadBytes(
        RunRequest request, out ReadOnlyMemory<byte> bytes, [NotNullWhen(false)] out CommandFailure? failure)
    {
        if (request.Resume is not { HoldsProgram: true, Snapshot.Container: var container })
        {
            return BoundedFile.TryRead(request.File, out bytes, out failure);
        }

        (bytes, failure) = (container, null);
        return true;
    }

    /// <summary>Loads a saved guest; it runs on its own code unless another tier was asked for.</summary>
    private static bool TryLoad(
        RunRequest request,
        int size,
        IReadOnlyList<ITier> tiers,
        [NotNullWhen(true)] out GuestSource? guest,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        guest = null;
        if (!SavedGuests.TryLoad(request.File, out var saved, out failure))
        {
            return false;
        }

        var runsSavedCode = request.Tier is TierCatalog.Automatic or TierCatalog.Saved;
        if (runsSavedCode && !saved.GasModels.Contains(request.GasModel))
        {
            failure = NoCode(request, saved);
            return false;
        }

        var source = new SourceProgram(request.File, FileKind.SavedGuest, size, saved.Module.Program);
        guest = new GuestSource(source, saved.Module, runsSavedCode ? [saved.Tier] : tiers);
        return true;
    }

    private static CommandFailure NoCode(RunRequest request, SavedGuest guest) => new(
        ExitCode.UnsupportedTier,
        $"{request.File}: has no code for the gas model {request.GasModel.Word()}, only for "
            + string.Join(", ", guest.GasModels.Select(model => model.Word())));
}

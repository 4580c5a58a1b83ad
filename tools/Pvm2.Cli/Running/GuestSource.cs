using System.Diagnostics.CodeAnalysis;
using Pvm2.Cli.Aot;
using Pvm2.Cli.Input;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Saved;

namespace Pvm2.Cli.Running;

/// <summary>What is to run: a module and the tier for it, of any file that <c>run</c> takes.</summary>
/// <param name="Source">The program.</param>
/// <param name="Module">Its loaded form.</param>
/// <param name="Tier">What to run on.</param>
internal sealed record GuestSource(SourceProgram Source, Module Module, ITier Tier)
{
    /// <summary>Finds the tier, reads the file and loads the program.</summary>
    public static bool TryRead(
        RunRequest request, [NotNullWhen(true)] out GuestSource? guest, [NotNullWhen(false)] out CommandFailure? failure)
    {
        guest = null;
        if (!TierCatalog.TryFind(request.Tier, out var tier, out failure)
            || !BoundedFile.TryRead(request.File, out var bytes, out failure))
        {
            return false;
        }

        if (ProgramSource.KindOf(request.File, bytes.Span) == FileKind.SavedGuest)
        {
            return TryLoad(request, bytes.Length, tier, out guest, out failure);
        }

        if (!ProgramSource.TryMake(request.File, bytes, request.Profile, out var source, out failure)
            || !ModuleSource.TryLoad(source, out var module, out failure))
        {
            return false;
        }

        guest = new GuestSource(source, module, tier);
        return true;
    }

    /// <summary>Loads a saved guest; it runs on its own code unless another tier was asked for.</summary>
    private static bool TryLoad(
        RunRequest request,
        int size,
        ITier tier,
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
        guest = new GuestSource(source, saved.Module, runsSavedCode ? saved.Tier : tier);
        return true;
    }

    private static CommandFailure NoCode(RunRequest request, SavedGuest guest) => new(
        ExitCode.UnsupportedTier,
        $"{request.File}: has no code for the gas model {request.GasModel.Word()}, only for "
            + string.Join(", ", guest.GasModels.Select(model => model.Word())));
}

using System.Diagnostics;
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
    /// <summary>How long it took to read the file, and to link or assemble it.</summary>
    public required TimeSpan ReadTime { get; init; }

    /// <summary>How long it took to check the program and to find its blocks; of a saved guest all of its loading.</summary>
    public required TimeSpan LoadTime { get; init; }

    /// <summary>Finds the tier, reads the file and loads the program.</summary>
    public static bool TryRead(
        RunRequest request, [NotNullWhen(true)] out GuestSource? guest, [NotNullWhen(false)] out CommandFailure? failure)
    {
        guest = null;
        var started = Stopwatch.GetTimestamp();
        if (!TierCatalog.TryFind(request.Tier, out var tier, out failure)
            || !TryReadBytes(request, out var bytes, out failure))
        {
            return false;
        }

        if (ProgramSource.KindOf(request.File, bytes.Span) == FileKind.SavedGuest)
        {
            return TryLoad(request, bytes.Length, tier, out guest, out failure);
        }

        if (!ProgramSource.TryMake(request.File, bytes, request.Profile, out var source, out failure))
        {
            return false;
        }

        var read = Stopwatch.GetTimestamp();
        if (!ModuleSource.TryLoad(source, out var module, out failure))
        {
            return false;
        }

        guest = new GuestSource(source, module, tier)
        {
            ReadTime = Stopwatch.GetElapsedTime(started, read),
            LoadTime = Stopwatch.GetElapsedTime(read),
        };
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
        ITier tier,
        [NotNullWhen(true)] out GuestSource? guest,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        guest = null;
        var started = Stopwatch.GetTimestamp();
        if (!SavedGuests.TryLoad(request.File, out var saved, out failure))
        {
            return false;
        }

        var runsSavedCode = request.Tier is TierCatalog.Automatic or TierCatalog.Saved && !request.Observation.NeedsBlocks;
        if (runsSavedCode && !saved.GasModels.Contains(request.GasModel))
        {
            failure = NoCode(request, saved);
            return false;
        }

        var source = new SourceProgram(request.File, FileKind.SavedGuest, size, saved.Module.Program);
        guest = new GuestSource(source, saved.Module, runsSavedCode ? saved.Tier : tier)
        {
            ReadTime = TimeSpan.Zero,
            LoadTime = Stopwatch.GetElapsedTime(started),
        };
        return true;
    }

    private static CommandFailure NoCode(RunRequest request, SavedGuest guest) => new(
        ExitCode.UnsupportedTier,
        $"{request.File}: has no code for the gas model {request.GasModel.Word()}, only for "
            + string.Join(", ", guest.GasModels.Select(model => model.Word())));
}

using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Portable;

namespace Pvm2.Runtime.Saved;

/// <summary>
/// Finds saved guests in files. Loading one runs code of the file in this process, with all that the process may do:
/// unlike a <c>.pvm2</c> container, a file must be trusted as any assembly is.
/// </summary>
[RequiresUnreferencedCode(Why)]
[RequiresDynamicCode(Why)]
public static class SavedGuestFile
{
    private const string Why = "Saved guests are assemblies, which are loaded at run time.";

    /// <summary>Loads an assembly and gives the guest in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="guest">The guest.</param>
    /// <param name="error">Why there is none.</param>
    /// <param name="collectible">
    /// Whether the assembly may be unloaded, which happens when nothing of the guest is in use any more. Code that was
    /// compiled with ReadyToRun is compiled again then.
    /// </param>
    /// <returns>
    /// Whether there is a guest. Code of the file has been run even if there is none, but not where the error is
    /// <see cref="SavedGuestErrorKind.NoSavedGuest"/>, or the other version that its header states.
    /// </returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static bool TryLoad(
        string path,
        [NotNullWhen(true)] out SavedGuest? guest,
        [NotNullWhen(false)] out SavedGuestError? error,
        bool collectible = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        guest = null;
        using (var file = File.OpenRead(path))
        {
            if (!TryReadHeader(file, out var header, out error))
            {
                return false;
            }

            var fullPath = Path.GetFullPath(path);
            return TryGet(
                header, () => new SavedGuestContext(fullPath, collectible).LoadFromAssemblyPath(fullPath), out guest, out error);
        }
    }

    /// <summary>Loads an assembly that is in memory and gives the guest in it.</summary>
    /// <param name="assembly">The bytes of the file.</param>
    /// <inheritdoc cref="TryLoad(string, out SavedGuest?, out SavedGuestError?, bool)"/>
    public static bool TryLoad(
        byte[] assembly,
        [NotNullWhen(true)] out SavedGuest? guest,
        [NotNullWhen(false)] out SavedGuestError? error,
        bool collectible = false)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        guest = null;
        using var file = new MemoryStream(assembly, writable: false);
        if (!TryReadHeader(file, out var header, out error))
        {
            return false;
        }

        file.Position = 0;
        return TryGet(
            header, () => new SavedGuestContext(header.TypeName, collectible).LoadFromStream(file), out guest, out error);
    }

    private static bool TryReadHeader(
        Stream file, [NotNullWhen(true)] out SavedGuestHeader? header, [NotNullWhen(false)] out SavedGuestError? error)
    {
        error = null;
        if (!SavedGuestHeader.TryRead(file, out header, out var reason))
        {
            error = new SavedGuestError(SavedGuestErrorKind.NoSavedGuest, reason);
        }
        else if (header.AbiVersion != PortableAbi.Version)
        {
            error = new SavedGuestError(
                SavedGuestErrorKind.OtherRuntime, SavedGuestSupport.DescribeOtherRuntime(header.AbiVersion));
        }

        return error is null;
    }

    private static bool TryGet(
        SavedGuestHeader header,
        Func<Assembly> load,
        [NotNullWhen(true)] out SavedGuest? guest,
        [NotNullWhen(false)] out SavedGuestError? error)
    {
        try
        {
            guest = load().GetType(header.TypeName)?
                .GetProperty("Guest", BindingFlags.Public | BindingFlags.Static)?
                .GetValue(null, BindingFlags.DoNotWrapExceptions, null, null, null) as SavedGuest;
        }
        catch (NotSupportedException exception)
        {
            guest = null;
            error = new SavedGuestError(SavedGuestErrorKind.OtherRuntime, exception.Message);
            return false;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The loader and the compiler have no end of ways to say that bytes are no code of theirs.
            guest = null;
            error = new SavedGuestError(SavedGuestErrorKind.Damaged, exception.Message);
            return false;
        }

        error = guest is null
            ? new SavedGuestError(SavedGuestErrorKind.Damaged, "it does not have the class that it names")
            : guest.Module.Hash != guest.Hash || guest.Hash.ToString() != header.ProgramHash
            ? new SavedGuestError(SavedGuestErrorKind.Damaged, "its program is not the one that its code was made of")
            : null;
        guest = error is null ? guest : null;
        return error is null;
    }
}

using System.Diagnostics.CodeAnalysis;
using Pvm2.Linker;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Snapshots;
using Pvm2.Runtime.Text;

namespace Pvm2.Cli.Input;

/// <summary>Makes a program of any file that the commands take: a container, an ELF or assembly text.</summary>
internal static class ProgramSource
{
    private static ReadOnlySpan<byte> ElfMagic => [0x7f, (byte)'E', (byte)'L', (byte)'F'];

    private static ReadOnlySpan<byte> AssemblyMagic => "MZ"u8;

    /// <summary>Reads a file, and links or assembles it where it needs that.</summary>
    /// <param name="path">The file.</param>
    /// <param name="profile">What to link or assemble for; null for the default, or for what the file says.</param>
    /// <param name="source">The program.</param>
    /// <param name="failure">Why there is none.</param>
    public static bool TryRead(
        string path,
        Profile? profile,
        [NotNullWhen(true)] out SourceProgram? source,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        source = null;
        return BoundedFile.TryRead(path, out var bytes, out failure)
            && TryMake(path, bytes, profile, out source, out failure);
    }

    /// <summary>Makes a program of the bytes of a file.</summary>
    /// <inheritdoc cref="TryRead"/>
    /// <param name="bytes">All of its bytes.</param>
    public static bool TryMake(
        string path,
        ReadOnlyMemory<byte> bytes,
        Profile? profile,
        [NotNullWhen(true)] out SourceProgram? source,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        source = null;
        var kind = KindOf(path, bytes.Span);
        if (!TryMake(kind, path, bytes, profile, out var program, out failure))
        {
            return false;
        }

        source = new SourceProgram(path, kind, bytes.Length, program);
        return true;
    }

    /// <summary>Says what a file is by its first bytes, and by its name where those are no magic number.</summary>
    public static FileKind KindOf(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(ElfMagic))
        {
            return FileKind.Elf;
        }

        if (bytes.StartsWith(AssemblyMagic))
        {
            return FileKind.SavedGuest;
        }

        if (Snapshot.HasMagic(bytes))
        {
            return FileKind.Snapshot;
        }

        return Path.GetExtension(path).ToLowerInvariant() is ".s" or ".asm" ? FileKind.Assembly : FileKind.Container;
    }

    private static bool TryMake(
        FileKind kind,
        string path,
        ReadOnlyMemory<byte> bytes,
        Profile? profile,
        [NotNullWhen(true)] out GuestProgram? program,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        switch (kind)
        {
            case FileKind.Elf:
                var options = new LinkOptions { Profile = profile ?? Profile.Static };
                return ElfSource.TryLink(path, bytes, options, out program, out _, out failure);

            case FileKind.Assembly:
                return AssemblySource.TryAssemble(
                    path,
                    bytes.Span,
                    new AssemblerOptions { Profile = profile ?? Profile.Static },
                    out program,
                    out failure);

            case FileKind.SavedGuest:
                program = null;
                failure = new CommandFailure(
                    ExitCode.InvalidProgram, $"{path}: is an assembly, which only 'pvm2 run' takes");
                return false;

            case FileKind.Snapshot:
                program = null;
                failure = new CommandFailure(
                    ExitCode.InvalidProgram, $"{path}: is a snapshot, which only 'pvm2 resume' takes");
                return false;

            default:
                return ContainerSource.TryRead(path, bytes.Span, profile, out program, out failure);
        }
    }
}

using Pvm2.Runtime.Programs;

namespace Pvm2.Cli.Input;

/// <summary>A program and the file that it came from.</summary>
/// <param name="Path">The file, as the command line named it.</param>
/// <param name="Kind">What the file is.</param>
/// <param name="FileSize">Bytes of the file.</param>
/// <param name="Program">The program; a container's has not been validated.</param>
internal sealed record SourceProgram(string Path, FileKind Kind, int FileSize, GuestProgram Program);

namespace Pvm2.Cli.Running;

/// <summary>A snapshot that was written; part of what <c>run --json</c> prints.</summary>
/// <param name="File">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Pages">How many pages are in it.</param>
internal sealed record WrittenSnapshot(string File, long Bytes, int Pages);

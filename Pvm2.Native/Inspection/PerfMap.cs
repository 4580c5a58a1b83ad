using System.Globalization;
using System.Text;
using Pvm2.Runtime.Execution;

namespace Pvm2.Native.Inspection;

/// <summary>
/// The file in which Linux's <c>perf</c> finds names for generated code: a line for each piece of code, with its
/// address, its size and its name. Safe for use by many threads.
/// </summary>
/// <remarks>
/// A guest function is called <c>pvm2::NAME</c>, code before the first function <c>pvm2::block_OFFSET</c>, and what is
/// not a guest instruction's has its name in brackets. Code stays in the file when its module is collected.
/// </remarks>
public sealed class PerfMap : IDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _writer;

    private PerfMap(StreamWriter writer) => _writer = writer;

    /// <summary>Where <c>perf</c> looks for the map of this process.</summary>
    public static string DefaultPath => $"/tmp/perf-{Environment.ProcessId}.map";

    /// <summary>Makes the file, in place of one that is there already, such as one of an earlier process.</summary>
    /// <param name="path">Where; <see cref="DefaultPath"/> for <c>perf</c> to find it.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be made.</exception>
    public static PerfMap Create(string path)
    {
        // The folder is everybody's, so what lies at the path may be a link to elsewhere. It is removed, not followed.
        File.Delete(path);
        var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        return new PerfMap(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" });
    }

    /// <summary>Closes the file. It stays, since <c>perf report</c> reads it later.</summary>
    public void Dispose() => _writer.Dispose();

    /// <summary>Adds a module's code, and writes it out.</summary>
    /// <param name="module">The module.</param>
    /// <param name="parts">What its code is.</param>
    /// <param name="start">Where the code is executed.</param>
    internal void Add(Module module, IReadOnlyList<MachineCodePart> parts, nint start)
    {
        lock (_lock)
        {
            foreach (var range in new CodeRanges(module.Program, module.Blocks).Of(parts))
            {
                _writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{start + range.Position:x} {range.Length:x} pvm2::{range.Name}"));
            }

            _writer.Flush();
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using Pvm2.Cli.Commands;
using Pvm2.Cli.Input;
using Pvm2.Runtime.Diagnostics;

namespace Pvm2.Cli.Observing;

/// <summary>A file that a gas profile goes to, in the form that its name asks for.</summary>
internal sealed class ProfileFile : IDisposable
{
    private static readonly (string Ending, Action<GasProfile, Stream> Write)[] Forms =
    [
        (".svg", FlameGraph.Write),
        (".folded", FoldedStacks.Write),
        (".json", SpeedscopeFile.Write),
    ];

    private readonly Stream _stream;
    private readonly Action<GasProfile, Stream> _write;

    private ProfileFile(Stream stream, Action<GasProfile, Stream> write)
    {
        _stream = stream;
        _write = write;
    }

    /// <summary>The endings of names that there is a form for, as the end of a sentence.</summary>
    public static string KnownEndings => string.Join(", ", Forms.Select(form => form.Ending));

    /// <summary>Whether there is a form for a file's name.</summary>
    public static bool IsKnown(string path) => FormOf(path) is not null;

    /// <summary>Opens the file that a request asks for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="file">The file; null where none was asked for.</param>
    /// <param name="failure">Why it cannot be written.</param>
    public static bool TryOpen(
        ObservationRequest request, out ProfileFile? file, [NotNullWhen(false)] out CommandFailure? failure)
    {
        (file, failure) = (null, null);
        if (request.Profile is null or ObservationOptions.Standard)
        {
            return true;
        }

        var write = FormOf(request.Profile) ?? throw new ArgumentException("The file has no known form.", nameof(request));
        file = BoundedFile.TryCreate(request.Profile, out var stream, out failure) ? new ProfileFile(stream, write) : null;
        return failure is null;
    }

    /// <summary>Writes the profile.</summary>
    public void Write(GasProfile profile)
    {
        _write(profile, _stream);
        _stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static Action<GasProfile, Stream>? FormOf(string path) => Array.Find(
        Forms, form => path.EndsWith(form.Ending, StringComparison.OrdinalIgnoreCase)).Write;
}

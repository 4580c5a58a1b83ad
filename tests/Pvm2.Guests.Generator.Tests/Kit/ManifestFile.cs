using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Pvm2.Guests.Generator.Tests.Kit;

/// <summary>A manifest, and the metadata with which the build passes it to the compiler.</summary>
/// <param name="text">Its text; null for a file that cannot be read.</param>
/// <param name="path">Its path.</param>
/// <param name="metadata">The metadata, without the prefix that all of them have.</param>
internal sealed class ManifestFile(
    string? text, string path = "/obj/sample.pvm2manifest", params (string Name, string Value)[] metadata) : AdditionalText
{
    public const string Header = "pvm2-manifest 1\n";
    public const string Hash = "sha256 86770d8956e89d2409ed72c60536d4b5122479e16eb9ae90c2262dab69c2e962\n";

    public IReadOnlyDictionary<string, string> Metadata { get; } = metadata.ToDictionary(
        pair => $"build_metadata.AdditionalFiles.Pvm2{pair.Name}", pair => pair.Value, StringComparer.OrdinalIgnoreCase);

    public override string Path => path;

    /// <summary>A well-formed manifest of entry points, for a class <c>Sample</c> without namespace.</summary>
    public static ManifestFile Of(params string[] entries) =>
        new(Header + Hash + string.Concat(entries.Select(entry => $"entry {entry}\n")));

    /// <summary>The manifest of the guest <c>exports</c>, as the build passes it.</summary>
    public static ManifestFile Exports(params (string Name, string Value)[] metadata) => new(
        Header + Hash + """
            entry _start
            entry add
            entry count_calls
            entry fibonacci
            entry recurse
            entry set_number
            entry six_arguments
            entry sum_of_numbers

            """,
        "/obj/Guests.exports.pvm2manifest",
        [("Source", "/src/exports.pvm2"), ("Namespace", "Guests"), ("Resource", "Guests.exports.pvm2"), .. metadata]);

    public override SourceText? GetText(CancellationToken cancellationToken = default) =>
        text is null ? null : SourceText.From(text);
}

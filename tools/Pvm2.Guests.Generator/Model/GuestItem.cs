using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Pvm2.Guests.Generator.Model;

/// <summary>What the project says of a guest: the metadata of its item, as the build passes them on.</summary>
/// <param name="Source">The guest's file, for messages.</param>
/// <param name="Namespace">The namespace of the class; empty for none.</param>
/// <param name="ClassName">The class; empty where the file's name gives it.</param>
/// <param name="Resource">The resource that holds the container, where the guest is not compiled.</param>
/// <param name="Alias">The alias by which the project refers to the compiled guest; empty where it is not compiled.</param>
/// <param name="Gas">The gas model, in lower case.</param>
internal sealed record GuestItem(
    string Source, string Namespace, string ClassName, string Resource, string Alias, string Gas)
{
    private const string Prefix = "build_metadata.AdditionalFiles.Pvm2";

    /// <summary>Reads the metadata.</summary>
    /// <param name="manifest">The manifest that the item has become.</param>
    /// <param name="options">What the build says of it.</param>
    public static GuestItem Of(AdditionalText manifest, AnalyzerConfigOptions options)
    {
        var source = Read("Source");
        return new GuestItem(
            source.Length == 0 ? manifest.Path : source,
            Read("Namespace"),
            Read("ClassName"),
            Read("Resource"),
            Read("Alias"),
            Read("Gas").ToLowerInvariant());

        string Read(string name) => options.TryGetValue(Prefix + name, out var value) ? value.Trim() : string.Empty;
    }
}

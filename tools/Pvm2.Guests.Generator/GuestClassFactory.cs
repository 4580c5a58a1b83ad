using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Pvm2.Guests.Generator.Diagnostics;
using Pvm2.Guests.Generator.Manifests;
using Pvm2.Guests.Generator.Model;
using Pvm2.Guests.Generator.Naming;

namespace Pvm2.Guests.Generator;

/// <summary>Makes of a manifest and its metadata what the class is written from.</summary>
internal static class GuestClassFactory
{
    /// <summary>Makes the class of one guest, or says why there is none.</summary>
    public static GuestOutcome Create(AdditionalText text, AnalyzerConfigOptions options, CancellationToken cancellation)
    {
        var item = GuestItem.Of(text, options);
        var diagnostics = new List<GuestDiagnostic>();
        var name = item.ClassName.Length == 0
            ? IdentifierMaker.Make(Path.GetFileNameWithoutExtension(item.Source))
            : item.ClassName;
        var gasModel = FindGasModel(item.Gas);
        if (!ManifestReader.TryRead(text.GetText(cancellation)?.ToString(), out var manifest, out var error))
        {
            diagnostics.Add(new GuestDiagnostic(Rules.MalformedManifest, item.Source, error));
        }

        ReportIf(!IdentifierMaker.IsName(name), "ClassName", name);
        ReportIf(item.Namespace.Length != 0 && !IdentifierMaker.IsQualifiedName(item.Namespace), "Namespace", item.Namespace);
        ReportIf(item.Alias.Length != 0 && !IdentifierMaker.IsName(item.Alias), "Alias", item.Alias);
        ReportIf(gasModel is null, "Gas", item.Gas);
        if (manifest is null || gasModel is null || diagnostics.Count != 0)
        {
            return new GuestOutcome(null, new EquatableArray<GuestDiagnostic>(diagnostics));
        }

        var methods = MethodNames.Choose(name, manifest.Entries, item.Source, diagnostics);
        return new GuestOutcome(
            new GuestClass(item, name, manifest.Sha256, gasModel, new EquatableArray<GuestMethod>(methods)),
            new EquatableArray<GuestDiagnostic>(diagnostics));

        void ReportIf(bool isBad, string metadata, string value)
        {
            if (isBad)
            {
                diagnostics.Add(new GuestDiagnostic(Rules.BadMetadata, item.Source, metadata, value));
            }
        }
    }

    private static string? FindGasModel(string word) => word switch
    {
        "" or "pipeline" => "Pipeline",
        "flat" => "Flat",
        "none" => "None",
        _ => null,
    };
}

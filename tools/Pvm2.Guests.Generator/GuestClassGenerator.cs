using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Pvm2.Guests.Generator.Diagnostics;
using Pvm2.Guests.Generator.Emission;
using Pvm2.Guests.Generator.Model;

namespace Pvm2.Guests.Generator;

/// <summary>Gives each guest of a project a class, from the manifests that the build passes as additional files.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class GuestClassGenerator : IIncrementalGenerator
{
    /// <summary>The name of the step that makes what a class is written from.</summary>
    internal const string GuestStep = "Guests";

    /// <summary>The name of the step that joins a guest with what other guests have taken.</summary>
    internal const string OutputStep = "Outputs";

    private const string ManifestExtension = ".pvm2manifest";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var guests = context.AdditionalTextsProvider
            .Where(static text => text.Path.EndsWith(ManifestExtension, StringComparison.OrdinalIgnoreCase))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, cancellation) =>
                GuestClassFactory.Create(pair.Left, pair.Right.GetOptions(pair.Left), cancellation))
            .WithTrackingName(GuestStep);
        var taken = guests.Select(static (guest, _) => guest.Class?.FullName ?? string.Empty)
            .Collect()
            .Select(static (names, _) => FindRepeated(names));
        context.RegisterSourceOutput(guests.Combine(taken).WithTrackingName(OutputStep), Produce);
    }

    // The compiler tells generated files apart by names in which case does not count.
    private static EquatableArray<string> FindRepeated(ImmutableArray<string> names) => new(
        [.. names.Where(name => name.Length != 0)
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)]);

    private static void Produce(
        SourceProductionContext context, (GuestOutcome Outcome, EquatableArray<string> Repeated) input)
    {
        foreach (var diagnostic in input.Outcome.Diagnostics)
        {
            context.ReportDiagnostic(diagnostic.ToDiagnostic());
        }

        if (input.Outcome.Class is not { } guest)
        {
            return;
        }

        if (input.Repeated.Contains(guest.FullName, StringComparer.OrdinalIgnoreCase))
        {
            var diagnostic = new GuestDiagnostic(Rules.ClassTaken, guest.Item.Source, guest.FullName);
            context.ReportDiagnostic(diagnostic.ToDiagnostic());
            return;
        }

        context.AddSource($"{guest.FullName}.g.cs", SourceText.From(GuestClassWriter.Write(guest), Encoding.UTF8));
    }
}

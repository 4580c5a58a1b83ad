using Microsoft.CodeAnalysis;

namespace Pvm2.Guests.Generator.Diagnostics;

/// <summary>The diagnostics of this generator. docs/guests-in-dotnet.md explains them.</summary>
internal static class Rules
{
    private const string Category = "Pvm2.Guests";

    /// <summary>A manifest that the build did not write so.</summary>
    public static readonly DiagnosticDescriptor MalformedManifest = Error(
        "PVM2001", "A guest's manifest is malformed", "The guest's manifest is malformed: {0}; build again");

    /// <summary>Item metadata that make no class.</summary>
    public static readonly DiagnosticDescriptor BadMetadata = Error(
        "PVM2002", "A guest's item has bad metadata", "{0} of a guest cannot be '{1}'");

    /// <summary>Two guests of one class.</summary>
    public static readonly DiagnosticDescriptor ClassTaken = Error(
        "PVM2003", "Two guests have one class", "More than one guest has the class '{0}'; give one another ClassName or Namespace");

    /// <summary>An entry point without a method.</summary>
    public static readonly DiagnosticDescriptor MethodTaken = new(
        "PVM2004",
        "An entry point has no method",
        "The entry point '{0}' has no method, since '{1}' has it already; call it through Instance",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true);
}

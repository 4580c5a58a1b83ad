using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Pvm2.Guests.Generator.Tests.Kit;

/// <summary>What the generator makes of manifests.</summary>
internal sealed class GeneratorRun
{
    private static readonly ImmutableArray<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))];

    private GeneratorRun(GeneratorDriver driver, Compilation compilation, ImmutableArray<Diagnostic> diagnostics)
    {
        Driver = driver;
        Compilation = compilation;
        Diagnostics = diagnostics;
    }

    public GeneratorDriver Driver { get; }

    /// <summary>The compilation with what was generated.</summary>
    public Compilation Compilation { get; }

    /// <summary>What the generator reported.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The single source that was generated.</summary>
    public string Source => Assert.Single(Driver.GetRunResult().GeneratedTrees).ToString();

    public static GeneratorRun Of(params ManifestFile[] manifests) => Of("", manifests);

    /// <summary>Runs the generator.</summary>
    /// <param name="source">What else is compiled.</param>
    /// <param name="manifests">The manifests.</param>
    public static GeneratorRun Of(string source, params ManifestFile[] manifests)
    {
        var driver = CSharpGeneratorDriver.Create(
            [new GuestClassGenerator().AsSourceGenerator()],
            manifests,
            CSharpParseOptions.Default.WithDocumentationMode(DocumentationMode.Diagnose),
            new ManifestOptions(),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return Run(driver, CreateCompilation(source));
    }

    /// <summary>Runs the driver again, with a reference to an assembly of other source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="alias">The alias of the reference.</param>
    public GeneratorRun AgainWith(string source, string alias)
    {
        var reference = CreateCompilation(source).ToMetadataReference(aliases: [alias]);
        return Run(Driver, CreateCompilation("").AddReferences(reference));
    }

    /// <summary>Runs the driver again, on other source.</summary>
    public GeneratorRun Again(string source) => Run(Driver, CreateCompilation(source));

    /// <summary>Runs the driver again, with one manifest in another's place.</summary>
    public GeneratorRun Again(ManifestFile before, ManifestFile after) =>
        Run(Driver.ReplaceAdditionalText(before, after), Compilation.RemoveSyntaxTrees(Driver.GetRunResult().GeneratedTrees));

    /// <summary>Errors and warnings of compiling what was generated.</summary>
    public IEnumerable<Diagnostic> Complaints() =>
        Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);

    /// <summary>Names of the public methods of a class, without those of properties.</summary>
    public IEnumerable<string> MethodsOf(string className) => Compilation.GetTypeByMetadataName(className)!
        .GetMembers()
        .OfType<IMethodSymbol>()
        .Where(method => method.MethodKind == MethodKind.Ordinary && method.DeclaredAccessibility == Accessibility.Public)
        .Select(method => method.Name);

    private static CSharpCompilation CreateCompilation(string source) => CSharpCompilation.Create(
        "Sample",
        [CSharpSyntaxTree.ParseText(source, CSharpParseOptions.Default.WithDocumentationMode(DocumentationMode.Diagnose))],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static GeneratorRun Run(GeneratorDriver driver, Compilation compilation)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        return new GeneratorRun(driver, output, diagnostics);
    }
}

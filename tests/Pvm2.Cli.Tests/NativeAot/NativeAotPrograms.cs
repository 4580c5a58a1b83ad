using Pvm2.Cli.Tests.Kit;

namespace Pvm2.Cli.Tests.NativeAot;

/// <summary>Programs of the repository as NativeAOT publishes them, each made when it is first asked for.</summary>
public sealed class NativeAotPrograms
{
    /// <summary>What links them.</summary>
    internal const string CompilerDriver = "clang-19";

    private readonly Lazy<string> _command = new(() => Publish("tools/Pvm2.Cli", "pvm2"));
    private readonly Lazy<string> _probe = new(() => Publish("tests/Pvm2.FaultProbe", "Pvm2.FaultProbe"));

    /// <summary>The path of <c>pvm2</c>.</summary>
    internal string Command => _command.Value;

    /// <summary>The path of the fault probe.</summary>
    internal string Probe => _probe.Value;

    /// <summary>
    /// Publishes into a folder that stays, so that the next time only what has changed is compiled; apart from the
    /// build's own, since it is another kind of build.
    /// </summary>
    private static string Publish(string project, string name)
    {
        var folder = TestKit.Repository.PathOf("tests/Pvm2.Cli.Tests/obj/native-aot");
        var output = Path.Combine(folder, name);
        string[] arguments =
        [
            "publish", TestKit.Repository.PathOf(project), "-c", "Release", "-p:PublishAot=true",
            $"-p:CppCompilerAndLinker={CompilerDriver}", "--artifacts-path", folder, "-o", output,
            "-nodeReuse:false", "-p:RunAnalyzers=false",
        ];
        var published = ChildProcess.Run("dotnet", arguments, [], OwnEnvironment());
        return published.Code == 0 && !published.Output.Contains(": warning ", StringComparison.Ordinal)
            ? Path.Combine(output, name)
            : throw new InvalidOperationException($"{project} could not be published:\n{published.Output}\n{published.Error}");
    }

    /// <summary>Without what a build that runs the tests has set for itself.</summary>
    private static Dictionary<string, string?> OwnEnvironment() => Environment.GetEnvironmentVariables().Keys
        .Cast<string>()
        .Where(variable => variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(variable => variable, _ => (string?)null);
}

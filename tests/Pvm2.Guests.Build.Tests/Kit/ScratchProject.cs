using System.Collections;
using System.Diagnostics;
using Pvm2.TestKit;

namespace Pvm2.Guests.Build.Tests.Kit;

/// <summary>A project in a folder of its own, outside the repository, that refers to guests as the package lets it.</summary>
internal sealed class ScratchProject : IDisposable
{
    private const string File = "scratch.csproj";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string[] BuildVariables = ["MSBUILD", "VSTEST", "DOTNET_HOST", "TESTINGPLATFORM"];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pvm2-guests-");

    /// <summary>Makes the project.</summary>
    /// <param name="items">Its items, as XML.</param>
    public ScratchProject(string items)
    {
        var here = AppContext.BaseDirectory;
        var configuration = new DirectoryInfo(here).Parent!.Name;
        string InTools(string path) => Path.Combine(Repository.Root, "tools", path);
        System.IO.File.WriteAllText(At(File), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <RootNamespace>Scratch</RootNamespace>
                <Pvm2CommandPath>{InTools($"Pvm2.Cli/bin/{configuration}/net10.0/pvm2.dll")}</Pvm2CommandPath>
              </PropertyGroup>
              <Import Project="{InTools("Pvm2.Guests.Build/build/Pvm2.Guests.Build.props")}" />
              <ItemGroup>
                {items}
                <Reference Include="{Path.Combine(here, "Pvm2.Runtime.dll")}" />
                <Analyzer Include="{InTools($"Pvm2.Guests.Generator/bin/{configuration}/netstandard2.0/Pvm2.Guests.Generator.dll")}" />
              </ItemGroup>
              <Import Project="{InTools("Pvm2.Guests.Build/build/Pvm2.Guests.Build.targets")}" />
            </Project>
            """);
    }

    /// <summary>Variables of the builds' environment.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The path of a file in the folder.</summary>
    public string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a file.</summary>
    public void Write(string name, string text) => System.IO.File.WriteAllText(At(name), text);

    /// <summary>Copies a guest of the repository.</summary>
    public void CopyGuest(string guest, string name) =>
        System.IO.File.Copy(Repository.PathOf($"bench/guests/built/{guest}"), At(name), overwrite: true);

    /// <summary>Runs a target of the build, without restoring anything.</summary>
    public BuildResult RunTarget(string target) => Run("msbuild", "-nologo", $"-t:{target}", File);

    /// <summary>Builds the project.</summary>
    public BuildResult Build() => Run("build", "-nologo", "-v:normal", "-o", At("out"), File);

    /// <summary>Runs what was built.</summary>
    public BuildResult Start() => Run(At("out/scratch.dll"));

    public void Dispose() => _folder.Delete(recursive: true);

    private BuildResult Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        ForgetThisBuild(start);
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} did not end.");
        }

        return new BuildResult(process.ExitCode, text.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }

    // The build that runs the tests leaves variables that would make this one a part of it.
    private static void ForgetThisBuild(ProcessStartInfo start)
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (BuildVariables.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                start.Environment.Remove(name);
            }
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
    }
}

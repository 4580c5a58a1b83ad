using System.ComponentModel;
using System.Diagnostics;

namespace Pvm2.TestKit;

/// <summary>A program of the machine's that tests compare with: LLVM's tools, an emulator.</summary>
public sealed class ExternalTool
{
    /// <summary>Set to 1 where a missing tool is a failure: where the tests' packages have been installed.</summary>
    public const string RequireVariable = "PVM2_REQUIRE_TOOLS";

    private readonly string _path;

    private ExternalTool(string path) => _path = path;

    /// <summary>Whether a missing tool fails a test rather than skip it.</summary>
    public static bool AreRequired => Environment.GetEnvironmentVariable(RequireVariable) == "1";

    /// <summary>Whether a tool is installed.</summary>
    /// <param name="name">The name with its version, such as <c>llvm-mc-19</c>.</param>
    public static bool IsInstalled(string name) => FindPath(name).Length != 0;

    /// <summary>Finds a tool.</summary>
    /// <param name="name">The name with its version, such as <c>llvm-mc-19</c>.</param>
    /// <exception cref="FileNotFoundException">It is not installed.</exception>
    public static ExternalTool Find(string name)
    {
        var path = FindPath(name);
        return path.Length != 0 ? new ExternalTool(path) : throw new FileNotFoundException($"The tool {name} is not installed.", name);
    }

    /// <summary>Runs the tool to its end.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>What it wrote to its standard output.</returns>
    /// <exception cref="InvalidOperationException">It could not run, or its exit code is not zero.</exception>
    public string Run(params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(_path) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{_path} did not start.");
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? output
                : throw new InvalidOperationException($"{_path} ended with {process.ExitCode}: {error.GetAwaiter().GetResult()}");
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{_path} did not start.", e);
        }
    }

    private static string FindPath(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        var candidates = folders.Select(folder => Path.Combine(folder, name));

        // LLVM's packages keep their tools in a folder of the version, there without it in the name.
        var dash = name.LastIndexOf('-');
        if (dash > 0 && int.TryParse(name.AsSpan(dash + 1), out var version))
        {
            candidates = candidates.Append($"/usr/lib/llvm-{version}/bin/{name[..dash]}");
        }

        return candidates.FirstOrDefault(File.Exists, string.Empty);
    }
}

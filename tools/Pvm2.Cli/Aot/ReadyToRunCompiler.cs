using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Pvm2.Runtime.Execution;

namespace Pvm2.Cli.Aot;

/// <summary>Compiles an assembly to machine code with crossgen2, .NET's compiler for ReadyToRun, which comes as a NuGet package.</summary>
internal sealed class ReadyToRunCompiler
{
    private readonly string _program;

    private ReadyToRunCompiler(string program) => _program = program;

    private static string Architecture => RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    private static string Package => $"microsoft.netcore.app.crossgen2.linux-{Architecture}";

    /// <summary>Finds the compiler.</summary>
    /// <param name="path">The program, or the folder that has it; null to look among NuGet's packages.</param>
    /// <param name="compiler">The compiler.</param>
    /// <param name="failure">Why there is none.</param>
    public static bool TryFind(
        string? path,
        [NotNullWhen(true)] out ReadyToRunCompiler? compiler,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        var program = path is null ? FindInPackages() : Directory.Exists(path) ? Path.Combine(path, "crossgen2") : path;
        compiler = File.Exists(program) ? new ReadyToRunCompiler(program) : null;
        failure = compiler is not null ? null : new CommandFailure(
            ExitCode.Usage,
            path is not null
                ? $"there is no crossgen2 at {path}"
                : $"--ready-to-run needs crossgen2 of .NET {Environment.Version.Major}, the NuGet package {Package}; "
                    + "name its program with --crossgen PATH, or publish anything for this machine with "
                    + "-p:PublishReadyToRun=true, which fetches it");
        return compiler is not null;
    }

    /// <summary>Compiles an assembly.</summary>
    /// <param name="assembly">The bytes of the assembly.</param>
    /// <param name="name">Its name.</param>
    /// <param name="compiled">The bytes of the compiled assembly.</param>
    /// <param name="failure">What the compiler says if it cannot.</param>
    public bool TryCompile(
        ReadOnlySpan<byte> assembly,
        string name,
        out ReadOnlyMemory<byte> compiled,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        var folder = Directory.CreateTempSubdirectory("pvm2-").FullName;
        try
        {
            var input = Path.Combine(folder, name + ".dll");
            var output = Path.Combine(folder, "out.dll");
            File.WriteAllBytes(input, assembly);
            failure = Run(input, output);
            compiled = failure is null ? File.ReadAllBytes(output) : default;
            return failure is null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? FindInPackages()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } chosen
            ? chosen
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var folder = Path.Combine(packages, Package);
        return !Directory.Exists(folder) ? null : Directory.GetDirectories(folder)
            .Where(version => Version.TryParse(Path.GetFileName(version), out var number)
                && number.Major == Environment.Version.Major)
            .OrderByDescending(version => Version.Parse(Path.GetFileName(version)))
            .Select(version => Path.Combine(version, "tools", "crossgen2"))
            .FirstOrDefault(File.Exists);
    }

    private CommandFailure? Run(string input, string output)
    {
        var start = new ProcessStartInfo(_program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in Arguments(input, output))
        {
            start.ArgumentList.Add(argument);
        }

        Process started;
        try
        {
            started = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            return new CommandFailure(ExitCode.InputOutput, $"crossgen2 cannot be started: {exception.Message}");
        }

        using var process = started;
        var errors = process.StandardError.ReadToEndAsync();
        var messages = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && File.Exists(output)
            ? null
            : new CommandFailure(
                ExitCode.InputOutput, $"crossgen2 ended with code {process.ExitCode}: {(messages + errors.Result).Trim()}");
    }

    private static IEnumerable<string> Arguments(string input, string output)
    {
        var runtime = typeof(Module).Assembly.GetName().Name!;

        // What asks whether the processor has BMI2 is compiled for processors that have it, or it is compiled anew on them.
        string[] processor = Architecture == "x64" ? ["--instruction-set:x86-64-v3"] : [];
        return
        [
            .. processor,
            input, "-o", output, "-O", "--targetos:linux", $"--targetarch:{Architecture}",
            "-r", Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll"),
            "-r", Path.Combine(AppContext.BaseDirectory, runtime + ".dll"),

            // Puts what calculates into the guest's code. .NET compares it with what the runtime has when it loads the
            // code, and compiles anew where they differ.
            $"--opt-cross-module:{runtime}",
        ];
    }
}

using System.Diagnostics;

namespace Pvm2.Cli.Tests.Kit;

/// <summary>Runs a program to its end.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs a program without input.</summary>
    public static ProcessResult Run(string program, params IReadOnlyList<string> arguments) =>
        Run(program, arguments, [], new Dictionary<string, string?>());

    /// <summary>Runs a program.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads; short enough for a pipe's buffer.</param>
    /// <param name="environment">Variables to set, or with null to take away.</param>
    public static ProcessResult Run(
        string program,
        IReadOnlyList<string> arguments,
        ReadOnlySpan<byte> input,
        IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        var copied = process.StandardOutput.BaseStream.CopyToAsync(output);
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end.");
        }

        copied.GetAwaiter().GetResult();
        return new ProcessResult(process.ExitCode, output.ToArray(), error.GetAwaiter().GetResult());
    }
}

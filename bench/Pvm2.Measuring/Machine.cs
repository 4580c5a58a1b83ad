using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Pvm2.Measuring;

/// <summary>Where and when figures were measured.</summary>
/// <param name="Processor">The processor's name for itself.</param>
/// <param name="Cores">Processors that this process may use.</param>
/// <param name="System">The operating system's name for itself.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="Commit">The commit of the repository, with a mark if files differ from it.</param>
/// <param name="Date">Universal time at the start.</param>
/// <param name="LoadAverage">Of the minute before the start; unknown where the system does not say.</param>
public sealed record Machine(
    string Processor, int Cores, string System, string Runtime, string Commit, string Date, string LoadAverage)
{
    private const string Unknown = "unknown";

    /// <summary>Whether there was more to do before the start than the processors could.</summary>
    public bool IsBusy =>
        double.TryParse(LoadAverage, NumberStyles.Float, CultureInfo.InvariantCulture, out var load) && load > Cores;

    /// <summary>Describes this machine.</summary>
    public static Machine Describe() => new(
        FindProcessor(),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        FindCommit(),
        DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        FindLoad());

    /// <summary>The load average of the last minute; unknown where the system does not say.</summary>
    public static string FindLoad() => TryReadLines("/proc/loadavg").FirstOrDefault(Unknown).Split(' ')[0];

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Processor}, {Cores} cores, {System}, {Runtime}, commit {Commit}, {Date} UTC, load average {LoadAverage}";

    private static string FindProcessor()
    {
        var line = TryReadLines("/proc/cpuinfo").FirstOrDefault(
            line => line.StartsWith("model name", StringComparison.Ordinal), string.Empty);
        return line.Length == 0 ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }

    private static string[] TryReadLines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    private static string FindCommit()
    {
        try
        {
            var start = new ProcessStartInfo("git", ["describe", "--always", "--dirty", "--exclude", "*"])
            {
                WorkingDirectory = Workload.FindRoot(),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var git = Process.Start(start);
            var commit = git?.StandardOutput.ReadToEnd().Trim() ?? string.Empty;
            git?.WaitForExit();
            return commit.Length == 0 ? Unknown : commit;
        }
        catch (global::System.ComponentModel.Win32Exception)
        {
            return Unknown;
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using Pvm2.Native;
using Pvm2.Native.Inspection;

namespace Pvm2.Cli.Running;

/// <summary>Opens the perf map that a request asks for.</summary>
internal static class PerfMapFile
{
    /// <summary>Opens it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="map">The map; null where none was asked for, or where there is no native tier to make one of.</param>
    /// <param name="failure">Why the file cannot be written.</param>
    public static bool TryOpen(RunRequest request, out PerfMap? map, [NotNullWhen(false)] out CommandFailure? failure)
    {
        (map, failure) = (null, null);
        if (!request.WritesPerfMap || !NativeTier.Support.IsSupported)
        {
            return true;
        }

        try
        {
            map = PerfMap.Create(PerfMap.DefaultPath);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failure = new CommandFailure(ExitCode.InputOutput, $"the perf map cannot be written: {exception.Message}");
            return false;
        }
    }
}

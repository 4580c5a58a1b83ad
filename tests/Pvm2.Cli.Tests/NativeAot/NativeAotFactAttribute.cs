using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Cli.Tests.NativeAot;

/// <summary>
/// A test that needs programs published with NativeAOT, and so a linker and the compiler's package. Where one is
/// missing the test is skipped, unless tools are required: then publishing fetches the package, or fails.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeAotFactAttribute : FactAttribute
{
    public NativeAotFactAttribute()
    {
        if (ExternalTool.AreRequired)
        {
            return;
        }

        if (!ExternalTool.IsInstalled(NativeAotPrograms.CompilerDriver))
        {
            Skip = $"Not installed: {NativeAotPrograms.CompilerDriver}.";
        }
        else if (!Directory.Exists(PackageFolder()))
        {
            Skip = "The package Microsoft.DotNet.ILCompiler is not there; "
                + "'dotnet restore tools/Pvm2.Cli -p:PublishAot=true' fetches it.";
        }
    }

    private static string PackageFolder() => Path.Combine(
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        "microsoft.dotnet.ilcompiler");
}

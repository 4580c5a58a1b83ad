using Pvm2.Native;
using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Cli.Tests.Hosts;

/// <summary>A test that takes something away from a machine on which the native tier runs, with a tool that can.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HostFactAttribute : FactAttribute
{
    public HostFactAttribute(params string[] tools)
    {
        var missing = tools.Where(tool => !ExternalTool.IsInstalled(tool)).ToList();
        if (!NativeTier.Support.IsSupported)
        {
            Skip = $"The native tier does not run here: {NativeTier.Support.Reason}";
        }
        else if (missing.Count != 0 && !ExternalTool.AreRequired)
        {
            Skip = $"Not installed: {string.Join(", ", missing)}.";
        }
    }
}

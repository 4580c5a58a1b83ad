using Xunit;

namespace Pvm2.TestKit;

/// <summary>
/// A test that needs external tools. Where one is missing the test is skipped, unless the environment says that
/// tools are required (<see cref="ExternalTool.RequireVariable"/>): then it runs, and fails where it looks for it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    /// <summary>Names the tools.</summary>
    public ToolFactAttribute(params string[] tools)
    {
        Tools = tools;
        var missing = tools.Where(tool => !ExternalTool.IsInstalled(tool)).ToList();
        if (missing.Count != 0 && !ExternalTool.AreRequired)
        {
            Skip = $"Not installed: {string.Join(", ", missing)}.";
        }
    }

    /// <summary>The tools that the test runs.</summary>
    public IReadOnlyList<string> Tools { get; }
}

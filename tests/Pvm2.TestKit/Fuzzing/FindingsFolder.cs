using System.Globalization;
using System.Text;

namespace Pvm2.TestKit.Fuzzing;

/// <summary>Writes what was found: a scenario where there is one, or else a report.</summary>
/// <param name="folder">Where to; made when there is something to write.</param>
public sealed class FindingsFolder(string folder)
{
    /// <summary>Writes a difference.</summary>
    /// <returns>The file.</returns>
    public string Write(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Found by the fuzzer in case {finding.Name}, on {finding.Tier}:");
        text.AppendLine(CultureInfo.InvariantCulture, $"# {finding.Difference}");
        text.AppendLine(CultureInfo.InvariantCulture, $"# Made smaller, {finding.Instructions} instructions: {finding.SmallDifference}");
        text.AppendLine(finding.ScenarioFails
            ? "# The tier fails this scenario."
            : "# The tier passes this scenario; only the case itself shows the difference.");
        text.Append(finding.Scenario);
        return Write(finding.Name, "txt", text.ToString());
    }

    /// <summary>Writes that a case killed its worker, or would not end.</summary>
    /// <returns>The file.</returns>
    public string WriteFailure(CaseName name, string failure) => Write(name, "log", $"Case {name}: {failure}\n");

    private string Write(CaseName name, string extension, string text)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"case-{name.ToString().Replace(':', '-')}.{extension}");
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        return path;
    }
}

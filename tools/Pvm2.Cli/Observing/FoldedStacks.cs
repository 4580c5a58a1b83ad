using System.Globalization;
using System.Text;
using Pvm2.Runtime.Diagnostics;

namespace Pvm2.Cli.Observing;

/// <summary>
/// Writes a profile as collapsed stacks, which all flame graph tools read: a line for each stack, its functions with
/// semicolons between them, and its gas.
/// </summary>
internal static class FoldedStacks
{
    /// <summary>
    /// Characters of stacks that a file may hold. A guest of long names and deep stacks would have more; the gas of the
    /// rest is in one last line.
    /// </summary>
    private const long MaxLength = 1 << 25;

    /// <summary>Writes the file.</summary>
    public static void Write(GasProfile profile, Stream stream)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        Write(profile, writer, MaxLength);
    }

    /// <summary>Writes the lines.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="maxLength">Characters after which stacks are put together.</param>
    internal static void Write(GasProfile profile, TextWriter writer, long maxLength)
    {
        var (written, rest) = (0L, 0UL);
        var line = new StringBuilder();
        for (var stack = 0; stack < profile.Stacks.Count; stack++)
        {
            var gas = profile.Stacks[stack].SelfGas;
            if (gas == 0)
            {
                continue;
            }

            if (written > maxLength)
            {
                rest += gas;
                continue;
            }

            line.Clear();
            AppendFunctions(line, profile.Stacks, stack);
            line.Append(CultureInfo.InvariantCulture, $" {gas}");
            writer.WriteLine(line);
            written += line.Length;
        }

        if (rest != 0)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{GasProfile.ManyStacks} {rest}"));
        }
    }

    private static void AppendFunctions(StringBuilder line, IReadOnlyList<StackProfile> stacks, int stack)
    {
        var path = new Stack<string>();
        for (; stack >= 0; stack = stacks[stack].Parent)
        {
            path.Push(ProfileName.Of(stacks[stack].Name));
        }

        line.AppendJoin(';', path.Select(name => name.Replace(';', ':')));
    }
}

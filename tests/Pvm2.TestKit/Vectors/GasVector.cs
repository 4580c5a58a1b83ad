using System.Globalization;
using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.Vectors;

/// <summary>A line of <c>tests/vectors/gas/blocks.txt</c>: a basic block and its price in the pipeline model.</summary>
/// <param name="Place">File and line.</param>
/// <param name="Profile">The profile.</param>
/// <param name="Pages">The pages of memory that the program declares, those of its code in xjar included.</param>
/// <param name="Block">Instructions with semicolons between them.</param>
/// <param name="Cost">The price.</param>
public sealed record GasVector(string Place, Profile Profile, uint Pages, string Block, ulong Cost)
{
    /// <summary>Where the file and its generator are, inside the repository.</summary>
    public const string Folder = "tests/vectors/gas";

    /// <summary>Reads all lines.</summary>
    public static IReadOnlyList<GasVector> ReadAll()
    {
        var vectors = new List<GasVector>();
        var profile = Profile.Static;
        var pages = 0u;
        var number = 0;
        foreach (var line in File.ReadLines(Repository.PathOf($"{Folder}/blocks.txt")))
        {
            number++;
            if (line.StartsWith("profile: ", StringComparison.Ordinal))
            {
                profile = VectorFile.ParseProfiles(line["profile: ".Length..]).Single();
            }
            else if (line.StartsWith("pages: ", StringComparison.Ordinal))
            {
                pages = uint.Parse(line["pages: ".Length..], CultureInfo.InvariantCulture);
            }
            else if (line.Length != 0 && line[0] != '#')
            {
                var parts = line.Split('|', StringSplitOptions.TrimEntries);
                var cost = ulong.Parse(parts[1], CultureInfo.InvariantCulture);
                vectors.Add(new GasVector($"{Folder}/blocks.txt:{number}", profile, pages, parts[0], cost));
            }
        }

        return vectors;
    }
}

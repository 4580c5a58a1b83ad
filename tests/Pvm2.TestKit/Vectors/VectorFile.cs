using Pvm2.Runtime.Isa;
using Pvm2.TestKit.States;

namespace Pvm2.TestKit.Vectors;

/// <summary>Reads vector files; <c>tests/vectors/instructions/README.md</c> describes them.</summary>
public static class VectorFile
{
    /// <summary>Where the files are, inside the repository.</summary>
    public const string Folder = "tests/vectors/instructions";

    private const string ProfilesPrefix = "profiles:";

    /// <summary>The file names of all vector files.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "arithmetic.txt", "branches.txt", "compressed.txt", "control.txt", "hints.txt", "immediate.txt", "memory.txt",
        "multiply.txt", "shifts.txt", "unary.txt", "zba.txt", "zbb.txt", "zbs.txt", "zicond.txt",
    ];

    /// <summary>Reads one of the files.</summary>
    /// <exception cref="FormatException">A line cannot be read; the message names it.</exception>
    public static IReadOnlyList<InstructionVector> Read(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.PathOf(Folder), name));
        var vectors = new List<InstructionVector>();
        var profiles = new List<Profile>();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            var place = $"{Folder}/{name}:{i + 1}";
            try
            {
                if (line.StartsWith(ProfilesPrefix, StringComparison.Ordinal))
                {
                    profiles = ParseProfiles(line[ProfilesPrefix.Length..]);
                }
                else if (line.Length != 0 && line[0] != '#')
                {
                    vectors.Add(ParseLine(line, place, profiles));
                }
            }
            catch (FormatException exception)
            {
                throw new FormatException($"{place}: {exception.Message}", exception);
            }
        }

        return vectors;
    }

    /// <summary>Reads names of profiles with spaces between them.</summary>
    /// <exception cref="FormatException">A profile is not known.</exception>
    internal static List<Profile> ParseProfiles(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name switch
        {
            "static" => Profile.Static,
            "xjar" => Profile.Xjar,
            _ => throw new FormatException($"There is no profile '{name}'."),
        })];

    private static InstructionVector ParseLine(string line, string place, List<Profile> profiles)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        if (parts.Length != 3 || profiles.Count == 0)
        {
            throw new FormatException("A line is 'instruction | before | after', below a line 'profiles: …'.");
        }

        return new InstructionVector(place, parts[0], profiles, StateText.Parse(parts[1]), StateText.Parse(parts[2]));
    }
}

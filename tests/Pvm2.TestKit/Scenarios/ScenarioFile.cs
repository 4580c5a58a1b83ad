using System.Globalization;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Vectors;

namespace Pvm2.TestKit.Scenarios;

/// <summary>Reads scenario files; <c>tests/scenarios/README.md</c> describes them.</summary>
public sealed class ScenarioFile
{
    /// <summary>Where the files are, inside the repository.</summary>
    public const string Folder = "tests/scenarios";

    /// <summary>Where the fuzzer's are, inside that folder.</summary>
    public const string FuzzedFolder = "fuzzed";

    private const string TitleMark = "=== ";
    private const string Divider = "---";

    private readonly string _file;
    private readonly string[] _lines;
    private int _next;

    private ScenarioFile(string file, string[] lines)
    {
        _file = file;
        _lines = lines;
    }

    private bool AtEnd => _next == _lines.Length;

    private string Place => $"{Folder}/{_file}:{_next}";

    /// <summary>The scenarios that the fuzzer has written, read once.</summary>
    public static IReadOnlyList<Scenario> Fuzzed { get; } = FilesIn(FuzzedFolder);

    /// <summary>All scenarios of all files, those among them.</summary>
    public static IReadOnlyList<Scenario> All { get; } = [.. FilesIn(string.Empty), .. Fuzzed];

    /// <summary>Reads scenarios.</summary>
    /// <param name="file">What places call the text.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none of scenarios.</exception>
    public static IReadOnlyList<Scenario> Parse(string file, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ScenarioFile(file, text.Split('\n')).Read();
    }

    private static List<Scenario> FilesIn(string folder)
    {
        var path = Path.Combine(Repository.PathOf(Folder), folder);
        return Directory.Exists(path)
            ? [.. Directory.GetFiles(path, "*.txt").Order(StringComparer.Ordinal).SelectMany(file =>
                Parse(Path.Combine(folder, Path.GetFileName(file)), File.ReadAllText(file)))]
            : [];
    }

    private List<Scenario> Read()
    {
        var scenarios = new List<Scenario>();
        foreach (var comment in TakeUntil(line => line.StartsWith(TitleMark, StringComparison.Ordinal)))
        {
            if (comment.Length != 0 && comment[0] != '#')
            {
                throw Problem("Before the first '=== title' there are only comments.");
            }
        }

        while (!AtEnd)
        {
            scenarios.Add(ReadScenario());
        }

        return scenarios;
    }

    private Scenario ReadScenario()
    {
        var scenario = new Scenario(
            _file, Take()[TitleMark.Length..], [Profile.Static, Profile.Xjar], [GasModel.Pipeline], ulong.MaxValue, false, string.Empty, []);
        foreach (var line in TakeUntil(IsDivider))
        {
            scenario = WithHeader(scenario, line);
        }

        Take();
        var source = string.Join('\n', TakeUntil(IsDivider));
        Take();
        var steps = new List<ScenarioStep>();
        foreach (var line in TakeUntil(line => line.StartsWith(TitleMark, StringComparison.Ordinal)))
        {
            if (line.Length != 0 && line[0] != '#')
            {
                steps.Add(ParseStep(line));
            }
        }

        return steps.Exists(step => step.Kind is StepKind.Run or StepKind.Rejected)
            ? scenario with { Source = source, Steps = steps }
            : throw Problem($"'{scenario.Name}' compares nothing.");
    }

    private Scenario WithHeader(Scenario scenario, string line)
    {
        if (line.Length == 0 || line[0] == '#')
        {
            return scenario;
        }

        var (name, value) = Split(line);
        return name switch
        {
            "profiles" => scenario with { Profiles = VectorFile.ParseProfiles(value) },
            "models" => scenario with { Models = [.. value.Split(' ').Select(model => Enum.Parse<GasModel>(model, ignoreCase: true))] },
            "gas" => scenario with { Gas = ulong.Parse(value, CultureInfo.InvariantCulture) },
            "compress" => scenario with { Compress = value == "yes" },
            _ => throw Problem($"There is no setting '{name}'."),
        };
    }

    private ScenarioStep ParseStep(string line)
    {
        var (name, value) = Split(line);
        return new ScenarioStep(Place, name switch
        {
            "start" => StepKind.Start,
            "set" => StepKind.Set,
            "add gas" => StepKind.AddGas,
            "take gas" => StepKind.TakeGas,
            "run" => StepKind.Run,
            "rejected" => StepKind.Rejected,
            _ => throw Problem($"There is no step '{name}'."),
        }, value);
    }

    private (string Name, string Value) Split(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? (line[..colon].Trim(), line[(colon + 1)..].Trim()) : throw Problem("Expected 'name: value'.");
    }

    private string Take() => AtEnd ? throw Problem("The file ends in the middle of a scenario.") : _lines[_next++].Trim();

    private IEnumerable<string> TakeUntil(Func<string, bool> isEnd)
    {
        while (!AtEnd && !isEnd(_lines[_next].Trim()))
        {
            yield return Take();
        }
    }

    private static bool IsDivider(string line) => line == Divider;

    private FormatException Problem(string message) => new($"{Place}: {message}");
}

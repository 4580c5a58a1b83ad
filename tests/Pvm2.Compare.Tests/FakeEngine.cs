using Pvm2.Compare.Engines;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Tests;

/// <summary>An engine in a few lines of shell, whose answers a test chooses.</summary>
internal sealed class FakeEngine : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pvm2-compare-").FullName;

    /// <summary>Makes an engine that answers each request by a case of its own, and <c>unsupported</c> to the rest.</summary>
    /// <param name="cases">Cases of shell, such as <c>"compile "*) echo "ok 5" ;;</c>; $line is the request, $n its second word.</param>
    /// <param name="once">What it prints when it is to run once.</param>
    public FakeEngine(string cases, string once = "0x0")
    {
        var script = Path.Combine(_folder, "engine");
        Serve = ["bash", script, "serve"];
        Once = ["bash", script, "once", EngineDefinition.ProgramPlaceholder];
        File.WriteAllText(script, $$"""
            if [[ $1 == once ]]; then echo "{{once}}"; exit 0; fi
            while read -r line; do
                read -r word n rest <<<"$line"
                case $line in
                {{cases}}
                "hello "*) echo "ok Fake 1.0" ;;
                "load "*) workload=$(basename "$n"); workload=${workload%.*}; echo ok ;;
                quit) exit 0 ;;
                *) echo unsupported ;;
                esac
            done
            """);
    }

    /// <summary>Cases of an engine that takes a microsecond for everything and leaves what keccak leaves.</summary>
    public static string Keccak { get; } = """
        "compile "*) echo "ok $((n * 1000))" ;;
        "cold "* | "run "*) echo "ok $((n * 1000)) 0x39e50259" ;;
        """;

    /// <summary>The command that speaks the protocol.</summary>
    public IReadOnlyList<string> Serve { get; }

    private IReadOnlyList<string> Once { get; }

    /// <summary>The engine's description.</summary>
    public EngineDefinition Define(string id, params Kind[] kinds) => new(
        id,
        id + " title",
        "fake",
        "none",
        "static",
        Serve,
        Once,
        kinds,
        string.Empty,
        IsAdapter: true);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

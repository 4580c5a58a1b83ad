using System.Globalization;
using Pvm2.Benchmarks.Measuring;

namespace Pvm2.Benchmarks;

/// <summary>What the plain runner is asked for.</summary>
internal sealed class RunnerOptions
{
    /// <summary>How to call the runner.</summary>
    public const string Usage = """
        usage: bench/run.sh [tables] [options]
          --quick         all tables below, in about a minute (the default)
          --run           steady runs beside bare metal: the ten workloads, and calls, of which no mean is taken
          --compile       compiling alone: the same, and programs of growing size
          --cold          from a container's bytes to the result, and the parts of that
          --interpreter   steady runs of the interpreter in every gas model
          --portable      steady runs of the portable tiers, beside native and the interpreter
          --only NAME     only this program; may be given several times
          --guest FILE    measure the compilation of this static program too
          --rounds N      samples of each figure (default 25)
          --passes N      end the warm-up after so many passes, settled or not (default 20)
          --json FILE     write all samples and a description of the machine
          --against FILE  compare the medians with those of such a file
        or: bench/run.sh --pairs, the pairs of instructions that are most frequent
        or: bench/run.sh --load [CONTAINER...], what comes before any tier
        or: bench/run.sh --instances, what each step in the life of an instance takes, and its memory
        or: bench/run.sh --host-calls, what a call of the host takes
        or: bench/run.sh --cancel, how soon a run stops that is cancelled
        or: bench/run.sh --snapshots, what it takes to write a run down and to go on with it
        or: bench/run.sh --profile, what a gas profile costs a run
        or: bench/run.sh --governor [--rounds N], the tier that chooses beside the fixed ones, cold and steady, and how
            long a hot loop takes to be fast
        or: bench/run.sh --machine, a line that says where this is, as the first line of what is measured
        or: bench/run.sh --filter '*' [arguments for BenchmarkDotNet]
        """;

    private const int DefaultRounds = 25;
    private const int MostOfAnything = 10_000;

    private readonly HashSet<string> _only = [];

    /// <summary>Whether to measure steady runs.</summary>
    public bool Run { get; private set; }

    /// <summary>Whether to measure compiling.</summary>
    public bool Compile { get; private set; }

    /// <summary>Whether to measure cold runs.</summary>
    public bool Cold { get; private set; }

    /// <summary>Whether to measure the interpreter in every gas model.</summary>
    public bool Interpreter { get; private set; }

    /// <summary>Whether to measure the portable tiers.</summary>
    public bool Portable { get; private set; }

    /// <summary>Samples of each figure.</summary>
    public int Rounds { get; private set; } = DefaultRounds;

    /// <summary>Passes of the warm-up after which it ends.</summary>
    public int Passes { get; private set; } = WarmUp.DefaultPasses;

    /// <summary>Programs to compile besides those of the repository.</summary>
    public List<string> Guests { get; } = [];

    /// <summary>Where to write the samples; empty for nowhere.</summary>
    public string JsonFile { get; private set; } = string.Empty;

    /// <summary>What to compare with; empty for nothing.</summary>
    public string AgainstFile { get; private set; } = string.Empty;

    /// <summary>Reads a command line.</summary>
    /// <exception cref="FormatException">It is not one; the message says what is wrong.</exception>
    public static RunnerOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new RunnerOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!options.TryTable(arguments[i]))
            {
                var value = i + 1 < arguments.Count
                    ? arguments[i + 1]
                    : throw new FormatException($"{arguments[i]} is no option, or lacks a value.");
                options.SetValue(arguments[i++], value);
            }
        }

        if (!(options.Run || options.Compile || options.Cold || options.Interpreter || options.Portable))
        {
            options.TryTable("--quick");
        }

        return options;
    }

    /// <summary>Whether a program is to be measured.</summary>
    public bool Includes(string name) => _only.Count == 0 || _only.Contains(name);

    /// <summary>The first name given to <c>--only</c> that is none of these; empty if there is none.</summary>
    public string FindUnknown(IEnumerable<string> names) => _only.Except(names).FirstOrDefault(string.Empty);

    private bool TryTable(string argument)
    {
        var all = argument == "--quick";
        Run |= all || argument == "--run";
        Compile |= all || argument == "--compile";
        Cold |= all || argument == "--cold";
        Interpreter |= argument == "--interpreter";
        Portable |= argument == "--portable";
        return all || argument is "--run" or "--compile" or "--cold" or "--interpreter" or "--portable";
    }

    private void SetValue(string option, string value)
    {
        switch (option)
        {
            case "--only":
                _only.Add(value);
                break;
            case "--guest":
                Guests.Add(value);
                break;
            case "--json":
                JsonFile = value;
                break;
            case "--against":
                AgainstFile = value;
                break;
            case "--rounds":
                Rounds = ParseNumber(option, value);
                break;
            case "--passes":
                Passes = ParseNumber(option, value);
                break;
            default:
                throw new FormatException($"{option} is no option.");
        }
    }

    private static int ParseNumber(string option, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostOfAnything
            ? number
            : throw new FormatException($"{option} takes a number from 1 to {MostOfAnything}, not {value}.");
}

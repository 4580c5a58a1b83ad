using Pvm2.Compare.Engines;
using Pvm2.Compare.Protocol;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Measuring;

/// <summary>An engine that takes part: its processes and the program that each has loaded.</summary>
public sealed class Contestant : IDisposable
{
    private readonly ProgramFiles _files;
    private readonly Dictionary<string, EngineProcess> _processes = [];
    private readonly HashSet<Kind> _unsupported = [];
    private EngineProcess _current;

    private Contestant(EngineDefinition definition, ProgramFiles files, IReadOnlyDictionary<string, EngineProcess> processes)
    {
        Definition = definition;
        _files = files;
        _processes = new(processes);
        _current = _processes.Values.First();
    }

    /// <summary>What is known of the engine.</summary>
    public EngineDefinition Definition { get; }

    /// <summary>What it says of itself.</summary>
    public string Version => _current.Version;

    /// <summary>Starts an engine's processes.</summary>
    /// <param name="definition">The engine.</param>
    /// <param name="files">Where programs are.</param>
    /// <param name="workloads">All workloads that it will be asked to load.</param>
    /// <param name="processor">The processor that runs shall be bound to; negative for none.</param>
    /// <param name="patience">How long an answer may take.</param>
    /// <exception cref="EngineException">A process does not start or answer.</exception>
    public static Contestant Start(
        EngineDefinition definition, ProgramFiles files, IReadOnlyList<string> workloads, int processor, TimeSpan patience)
    {
        var processes = new Dictionary<string, EngineProcess>();
        try
        {
            foreach (var workload in definition.HasProcessPerWorkload ? workloads : [string.Empty])
            {
                var program = workload.Length == 0 ? string.Empty : files.Find(definition.Program, workload);
                processes.Add(
                    workload, EngineProcess.Start(EngineDefinition.Complete(definition.Serve, program), processor, patience));
            }

            return new Contestant(definition, files, processes);
        }
        catch
        {
            foreach (var process in processes.Values)
            {
                process.Dispose();
            }

            throw;
        }
    }

    /// <summary>Whether a kind is measured of it.</summary>
    public bool Does(Kind kind) => Definition.Kinds.Contains(kind) && !_unsupported.Contains(kind);

    /// <summary>Loads a workload, which what follows is about.</summary>
    /// <exception cref="EngineException">It cannot.</exception>
    public void Load(string workload)
    {
        _current = _processes[Definition.HasProcessPerWorkload ? workload : string.Empty];
        _current.Load(_files.Find(Definition.Program, workload));
    }

    /// <summary>Does something that is timed.</summary>
    /// <param name="kind">Any but <see cref="Kind.Process"/>.</param>
    /// <returns>Nothing where the engine turns out not to do this, and is not asked for it again.</returns>
    /// <exception cref="EngineException">It fails.</exception>
    public Timing? Measure(Kind kind, int repetitions)
    {
        var timing = kind switch
        {
            Kind.Compile => _current.Compile(repetitions),
            Kind.Cold => _current.Cold(repetitions),
            Kind.Steady => _current.Run(repetitions),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        if (timing is null)
        {
            _ = _unsupported.Add(kind);
        }

        return timing;
    }

    /// <summary>Runs the loaded workload once, in whichever way the engine has.</summary>
    /// <returns>What it left.</returns>
    /// <exception cref="EngineException">It fails, or has no way.</exception>
    public ulong RunOnce() =>
        (_current.Cold(1) ?? _current.Run(1) ?? throw new EngineException("it can neither do \"cold\" nor \"run\".")).Result;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }
    }
}

using Pvm2.Benchmarks.Measuring;
using Pvm2.Benchmarks.Probes;
using Pvm2.Benchmarks.Reports;
using Pvm2.Native;

namespace Pvm2.Benchmarks;

/// <summary>The plain runner: measures what was asked for and prints tables.</summary>
internal sealed class Runner
{
    /// <summary>Instructions of the programs that show how compiling grows with size.</summary>
    private static readonly (string Name, int Instructions)[] Sizes =
        [("mix_1k", 1_000), ("mix_10k", 10_000), ("mix_40k", 40_000), ("mix_164k", 164_000), ("mix_600k", 600_000)];

    private readonly RunnerOptions _options;
    private readonly TextWriter _output;
    private readonly TextWriter _log;
    private readonly List<MeasuredWorkload> _workloads = [];
    private readonly List<MeasuredWorkload> _sizes = [];
    private readonly Dictionary<SeriesKey, Probe> _probes = [];

    /// <summary>Makes a runner.</summary>
    /// <param name="output">Receives tables.</param>
    /// <param name="log">Receives warnings and progress.</param>
    public Runner(RunnerOptions options, TextWriter output, TextWriter log)
    {
        _options = options;
        _output = output;
        _log = log;
    }

    /// <summary>Measures and prints.</summary>
    /// <exception cref="InvalidDataException">There is nothing to measure, or a file is not what it should be.</exception>
    public void Run()
    {
        var before = _options.AgainstFile.Length == 0 ? null : ResultFile.Read(_options.AgainstFile);
        var machine = Machine.Describe();
        Warn();
        LoadWorkloads();
        PlanProbes();
        _output.WriteLine($"- {machine}");
        _log.WriteLine("warming up ...");
        var warmUp = WarmUp.Run([.. _probes.Values], _options.Passes);
        Describe(warmUp);
        _log.WriteLine("measuring ...");
        var measurements = new Sampler([.. _probes.Values]).Measure(_options.Rounds);
        foreach (var probe in _probes.Values.OfType<IDisposable>())
        {
            probe.Dispose();
        }

        Report(measurements);
        WarnOfLoad(machine);
        var now = new ResultFile(machine, BuildCheck.FindObstacle() is null, warmUp, [.. _workloads.Concat(_sizes).Select(ProgramFacts.Of)], measurements.All);
        if (_options.JsonFile.Length != 0)
        {
            now.Write(_options.JsonFile);
        }

        if (before is not null)
        {
            Comparison.Write(_output, before, now);
        }
    }

    private void Warn()
    {
        if (BuildCheck.FindObstacle() is { } obstacle)
        {
            _log.WriteLine($"WARNING: these figures are worthless: {obstacle}.");
        }

        if (!NativeTier.Support.IsSupported)
        {
            _log.WriteLine($"The native tier is left out. {NativeTier.Support.Reason}");
        }
    }

    private void WarnOfLoad(Machine machine)
    {
        _output.WriteLine();
        _output.WriteLine($"- load average {machine.LoadAverage} at the start, {Machine.FindLoad()} at the end, this program and its build included");
        if (machine.IsBusy)
        {
            _log.WriteLine("WARNING: the machine was busy at the start. Read ratios rather than times, and look at the spread.");
        }
    }

    private void LoadWorkloads()
    {
        var guests = Workload.LoadAll().ToArray();
        Workload[] measured = [.. guests.Where(guest => guest.IsOneOfTen), .. Workload.LoadCalls()];
        var unknown = _options.FindUnknown([.. measured.Select(guest => guest.Name), .. Sizes.Select(size => size.Name)]);
        if (unknown.Length != 0)
        {
            throw new InvalidDataException($"There is no program {unknown} to measure.");
        }

        _workloads.AddRange(measured.Where(guest => _options.Includes(guest.Name)).Select(MeasuredWorkload.Count));
        if (_workloads.Exists(workload => workload.Workload.BareMetal is null))
        {
            _log.WriteLine("Bare metal is left out where bench/guests/built/native has no library; bench/run.sh builds them.");
        }

        if (_options.Compile)
        {
            var order = guests.OrderBy(guest => guest.InstructionCount).ToArray();
            _sizes.AddRange(Sizes.Where(size => _options.Includes(size.Name))
                .Select(size => MeasuredWorkload.Count(ProgramMix.Create(size.Name, order, size.Instructions))));
            _sizes.AddRange(_options.Guests.Select(MeasuredWorkload.OfFile));
        }
    }

    private void PlanProbes()
    {
        foreach (var workload in _workloads.Select(measured => measured.Workload))
        {
            if (workload.BareMetal is { } code)
            {
                Add([new BareMetalProbe(workload, code)]);
            }

            var models = _options.Interpreter ? Configuration.Interpreter : Configuration.Interpreter.Take(_options.Run ? 1 : 0);
            Add(Plan.OfRun(workload, _options.Run ? Configuration.Native.Concat(models) : models));
            Add(Configuration.Native.Take(_options.Run ? 1 : 0).Select(pipeline => new FirstRunProbe(workload, pipeline)));
            Add(_options.Portable ? Plan.OfPortable(workload) : []);
            Add(_options.Compile || _options.Cold ? Plan.OfCompile(workload) : []);
            Add(_options.Cold ? Plan.OfCold(workload) : []);
        }

        foreach (var size in _sizes)
        {
            Add(Plan.OfCompile(size.Workload));
        }

        if (_probes.Count == 0)
        {
            throw new InvalidDataException("There is nothing to measure.");
        }
    }

    private void Add(IEnumerable<Probe> probes)
    {
        foreach (var probe in probes)
        {
            _ = _probes.TryAdd(probe.Key, probe);
        }
    }

    private void Describe(WarmUpResult warmUp)
    {
        var change = warmUp.LastChange is { } last ? $", the last one {last:+0.0 %;-0.0 %} against the one before" : string.Empty;
        _output.WriteLine(
            $"- warm-up: {warmUp.Passes} passes{change}; {warmUp.MedianRepetitions} repetitions of a figure (median; "
            + $"{warmUp.FewestRepetitions} at least); "
            + (warmUp.HasSettled ? "settled" : "NOT SETTLED: the machine is noisy, or the just-in-time compiler not done"));
        _output.WriteLine($"- {_options.Rounds} rounds; medians, and the 10th and the 90th percentile");
    }

    private void Report(Measurements measurements)
    {
        if (_options.Run)
        {
            RunReport.Write(_output, _workloads, measurements, Configuration.Native);
        }

        if (_options.Run || _options.Interpreter)
        {
            RunReport.Write(_output, _workloads, measurements, Configuration.Interpreter);
        }

        if (_options.Portable)
        {
            PortableReport.Write(_output, _workloads, measurements);
        }

        if (_options.Compile)
        {
            CompileReport.Write(_output, "compile: from a validated module to code that can be entered", _workloads, measurements);
            CompileReport.Write(_output, "compile against size: whole guests, one after the other", _sizes, measurements);
        }

        if (_options.Cold)
        {
            ColdReport.Write(_output, _workloads, measurements);
        }
    }
}

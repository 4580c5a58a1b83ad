using System.Globalization;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text;
using Pvm2.TestKit.States;

namespace Pvm2.TestKit.Scenarios;

/// <summary>Runs a scenario on one tier, in one profile and one gas model.</summary>
public sealed class ScenarioRunner
{
    // A copy of more memory than this would make the tests slow; such scenarios compare what they name.
    private const ulong MaxCopiedMemory = 4 << 20;

    private readonly Scenario _scenario;
    private readonly Profile _profile;
    private readonly InstanceOptions _options;
    private readonly List<string> _problems = [];
    private readonly List<MachineState> _states = [];

    /// <summary>Prepares a run.</summary>
    public ScenarioRunner(Scenario scenario, ITier tier, Profile profile, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        _scenario = scenario;
        _profile = profile;
        _options = new InstanceOptions
        {
            Tier = tier,
            GasModel = model,
            Gas = scenario.Gas,
            HostCalls = new HostCallTable().Register(DefaultHost.HaltSelector, static _ => HostCallAction.Halt),
        };
    }

    /// <summary>What was not as the scenario says, each with file and line.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The whole state after each run, to be compared with another tier's.</summary>
    public IReadOnlyList<MachineState> States => _states;

    /// <summary>Assembles the program and takes every step.</summary>
    public void Run()
    {
        var assembly = Assembler.Assemble(_scenario.Source, new AssemblerOptions { Profile = _profile, Compress = _scenario.Compress });
        if (!TryLoad(assembly, out var module, out var refusal))
        {
            CheckRefusal(refusal);
            return;
        }

        using var instance = module.CreateInstance(_options);
        instance.Start();
        foreach (var step in _scenario.Steps)
        {
            Take(step, instance, assembly.Symbols);
        }
    }

    private static bool TryLoad(AssemblyResult assembly, out Module module, out string refusal)
    {
        module = null!;
        refusal = string.Join("; ", assembly.Diagnostics);
        if (!assembly.Succeeded)
        {
            return false;
        }

        var loaded = Module.TryCreate(assembly.Program, out var created, out var error);
        module = created!;
        refusal = error?.ToString() ?? string.Empty;
        return loaded;
    }

    private void CheckRefusal(string refusal)
    {
        var step = _scenario.Steps[0];
        if (step.Kind != StepKind.Rejected || !refusal.Contains(step.Text, StringComparison.Ordinal))
        {
            _problems.Add($"{step.Place}: the program is refused: {refusal}");
        }
    }

    private void Take(ScenarioStep step, Instance instance, IReadOnlyDictionary<string, ulong> labels)
    {
        switch (step.Kind)
        {
            case StepKind.Start:
                instance.Start(step.Text);
                break;
            case StepKind.Set:
                Set(step, instance, labels);
                break;
            case StepKind.AddGas:
                instance.AddGas(ulong.Parse(step.Text, CultureInfo.InvariantCulture));
                break;
            case StepKind.TakeGas:
                instance.TryTakeGas(ulong.Parse(step.Text, CultureInfo.InvariantCulture));
                break;
            case StepKind.Run:
                RunAndCompare(step, instance, labels);
                break;
            default:
                _problems.Add($"{step.Place}: the program is accepted.");
                break;
        }
    }

    private void Set(ScenarioStep step, Instance instance, IReadOnlyDictionary<string, ulong> labels)
    {
        var state = StateText.Parse(step.Text);
        foreach (var (register, value) in state.Registers)
        {
            instance.Registers[register] = value.Resolve(labels);
        }

        foreach (var (address, bytes) in state.Memory)
        {
            if (!instance.Memory.TryWrite((uint)address.Resolve(labels), bytes))
            {
                _problems.Add($"{step.Place}: that memory cannot be written.");
            }
        }
    }

    private void RunAndCompare(ScenarioStep step, Instance instance, IReadOnlyDictionary<string, ulong> labels)
    {
        var expected = StateText.Parse(step.Text, "pc", "gas", "used");
        var before = CopyRegisters(instance);
        var exit = instance.Run();
        if (instance.Memory.Size <= MaxCopiedMemory)
        {
            _states.Add(MachineState.Of(instance));
        }

        var comparison = new StepComparison(instance, exit, labels);
        foreach (var problem in comparison.Differences(expected, before))
        {
            _problems.Add($"{step.Place}: {problem}");
        }
    }

    private static ulong[] CopyRegisters(Instance instance) =>
        [.. Enumerable.Range(0, RegisterNames.Count).Select(register => instance.Registers[register])];
}

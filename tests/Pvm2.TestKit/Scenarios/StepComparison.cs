using System.Globalization;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.States;

namespace Pvm2.TestKit.Scenarios;

/// <summary>Compares an instance after a run with what a step says.</summary>
/// <param name="instance">The instance.</param>
/// <param name="exit">How the run ended.</param>
/// <param name="labels">Where labels are.</param>
internal sealed class StepComparison(Instance instance, Exit exit, IReadOnlyDictionary<string, ulong> labels)
{
    private const string Unchanged = "unchanged";

    /// <summary>What is not as the step says.</summary>
    /// <param name="expected">The step.</param>
    /// <param name="before">All registers before the run.</param>
    internal IEnumerable<string> Differences(StateText expected, ulong[] before) =>
        [.. ExitDifferences(expected), .. NamedDifferences(expected), .. RegisterDifferences(expected, before), .. MemoryDifferences(expected)];

    private List<string> ExitDifferences(StateText expected)
    {
        var outcome = expected.Words.FirstOrDefault(word => word != Unchanged, string.Empty);
        var actual = Describe();
        if (outcome.StartsWith("fault ", StringComparison.Ordinal))
        {
            outcome = Format($"fault 0x{StateValue.Parse(outcome[6..]).Resolve(labels):x}");
        }

        var problems = new List<string>();
        if (outcome != actual)
        {
            problems.Add(Format($"the run ends with '{actual}' at pc 0x{exit.ProgramCounter:x}, not with '{outcome}'"));
        }

        if (exit.ProgramCounter != instance.ProgramCounter)
        {
            problems.Add(Format($"the exit says pc 0x{exit.ProgramCounter:x}, the instance 0x{instance.ProgramCounter:x}"));
        }

        if (!expected.Named.ContainsKey("pc") && exit.Reason != ExitReason.Halt)
        {
            problems.Add("the step must say at which pc");
        }

        return problems;
    }

    private IEnumerable<string> NamedDifferences(StateText expected)
    {
        foreach (var (name, value) in expected.Named)
        {
            var wanted = value.Resolve(labels);
            var actual = name switch
            {
                "pc" => exit.ProgramCounter,
                "gas" => instance.GasLeft,
                _ => instance.GasUsed,
            };

            // Where nothing is metered, there is no gas to compare, and none may be reported.
            var isFree = instance.GasModel == GasModel.None && name != "pc";
            if (isFree ? actual is not null : actual != wanted)
            {
                yield return Format($"{name} is {actual}, not {wanted} (0x{actual:x}, 0x{wanted:x})");
            }
        }
    }

    private IEnumerable<string> RegisterDifferences(StateText expected, ulong[] before)
    {
        var wanted = expected.Registers.ToDictionary(item => item.Register, item => item.Value.Resolve(labels));
        if (expected.Words.Contains(Unchanged))
        {
            for (var register = 0; register < before.Length; register++)
            {
                wanted.TryAdd(register, before[register]);
            }
        }

        return from item in wanted
               where instance.Registers[item.Key] != item.Value
               select Format($"{RegisterNames.AbiName(item.Key)} is 0x{instance.Registers[item.Key]:x}, not 0x{item.Value:x}");
    }

    private IEnumerable<string> MemoryDifferences(StateText expected)
    {
        foreach (var (address, bytes) in expected.Memory)
        {
            var at = (uint)address.Resolve(labels);
            var actual = new byte[bytes.Length];
            if (!instance.Memory.TryRead(at, actual) || !actual.AsSpan().SequenceEqual(bytes))
            {
                yield return Format($"[0x{at:x}] is {Convert.ToHexStringLower(actual)}, not {Convert.ToHexStringLower(bytes)}");
            }
        }
    }

    private string Describe() => exit.Reason switch
    {
        ExitReason.Halt => "halt",
        ExitReason.HostCall when exit.Kind == HostCallKind.Management => "management",
        ExitReason.HostCall => Format($"host {exit.Selector}"),
        ExitReason.OutOfGas => "out of gas",
        ExitReason.PageFault => Format($"fault 0x{exit.FaultAddress:x}"),
        ExitReason.Panic => "panic",
        _ => exit.Reason.ToString(),
    };

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

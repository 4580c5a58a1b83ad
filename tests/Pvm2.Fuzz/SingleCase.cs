using System.Globalization;
using System.Text;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text;
using Pvm2.TestKit.Fuzzing;
using Pvm2.TestKit.Tiers;

namespace Pvm2.Fuzz;

/// <summary>Runs one case in this process and shows all there is to know about it.</summary>
internal static class SingleCase
{
    /// <summary>Runs it.</summary>
    /// <param name="name">The case.</param>
    /// <param name="givesAll">Whether every tier gets it; else those that always do.</param>
    /// <param name="output">Where it is shown.</param>
    internal static int Run(CaseName name, bool givesAll, TextWriter output)
    {
        var tiers = new FuzzTiers(TierRegistry.All, givesAll);
        var guest = GuestFactory.Make(name.Seed);
        output.WriteLine(Disassembler.Disassemble(guest.Program, new DisassemblyOptions()));
        for (var register = 1; register < RegisterNames.Count; register++)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# {RegisterNames.AbiName(register),-4} 0x{guest.Registers[register]:x}"));
        }

        output.Flush();
        var report = new CaseRunner(tiers).Run(name);
        var counts = new StringBuilder();
        counts.Append(CultureInfo.InvariantCulture, $"# {guest.GetType().Name}, {guest.Program.Profile}, {guest.Instructions} instructions, ");
        counts.Append(CultureInfo.InvariantCulture, $"{report.Counts.Blocks} blocks, {report.Counts.BlocksExecuted} executed, ends with {report.Counts.End}\n");
        counts.Append(CultureInfo.InvariantCulture, $"# {report.Counts.InstructionsExecuted} instructions executed, {report.Counts.Runs} runs, ");
        counts.Append(CultureInfo.InvariantCulture, $"{report.Counts.Stops} stops, {report.Counts.Switches} switches, on {string.Join(", ", report.Counts.Tiers)}");
        output.WriteLine(counts);
        if (report.Difference.Length == 0)
        {
            output.WriteLine("No difference.");
            return ExitCode.Agreement;
        }

        output.WriteLine($"{report.Tier}: {report.Difference}");
        var finding = new FindingMaker(TierRegistry.All, tiers).Make(name, report, static () => { });
        output.WriteLine($"Made smaller, {finding.Instructions} instructions: {finding.SmallDifference}");
        output.WriteLine(finding.Scenario);
        return ExitCode.Difference;
    }
}

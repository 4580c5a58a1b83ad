using System.Globalization;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Fuzzing;
using Pvm2.TestKit.Generation;
using Pvm2.TestKit.Lockstep;
using Pvm2.TestKit.Tiers;

namespace Pvm2.Fuzz.Workers;

/// <summary>
/// A guest in a file, for a process that runs it as a case and may die of that: the name of the case, the registers, and the
/// container, a line each.
/// </summary>
internal static class Probe
{
    private const ulong ScenarioGas = 1_000_000;

    /// <summary>Writes a guest.</summary>
    internal static void Write(string file, CaseName name, PlainGuest guest) => File.WriteAllLines(
        file,
        [
            name.ToString(),
            string.Join(' ', guest.Registers.Select(value => value.ToString(CultureInfo.InvariantCulture))),
            Convert.ToBase64String(ProgramWriter.Write(guest.Program)),
        ]);

    /// <summary>Reads a guest, writes a scenario of it, which takes the interpreter alone, and then runs it on all tiers.</summary>
    internal static int Run(string file, TextWriter output, bool givesAll)
    {
        var lines = File.ReadAllLines(file);
        if (lines.Length != 3
            || !CaseName.TryParse(lines[0], out var name)
            || !ProgramReader.TryRead(Convert.FromBase64String(lines[2]), out var program, out _))
        {
            return ExitCode.Usage;
        }

        ulong[] registers = [.. lines[1].Split(' ').Select(text => ulong.Parse(text, CultureInfo.InvariantCulture))];
        var guest = new PlainGuest(name.Seed, program, registers, AlwaysEnds: false);
        output.Write(ScenarioText.Write($"case {name} killed its process", guest, GasPlan.Limited(GasModel.Pipeline, ScenarioGas)));
        output.Flush();
        new CaseRunner(new FuzzTiers(TierRegistry.All, givesAll)).Run(name, guest, string.Empty);
        return ExitCode.Agreement;
    }
}

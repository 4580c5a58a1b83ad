using Pvm2.Cli.Inspection;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Programs;

namespace Pvm2.Cli.Observing;

/// <summary>Tells people which functions of a guest use the gas, and which blocks of these.</summary>
internal static class ProfileReport
{
    private const int MaxFunctions = 20;
    private const int FunctionsWithBlocks = 5;
    private const int BlocksPerFunction = 3;

    /// <summary>Writes the report.</summary>
    public static void Write(GasProfile profile, GuestProgram program, TextWriter writer, Palette palette)
    {
        var gas = profile.Gas;
        writer.WriteLine();
        writer.WriteLine(palette.Faint(FormatRow("self gas", "share", "total gas", "share", "calls", "function")));
        foreach (var function in profile.Functions.Take(MaxFunctions))
        {
            writer.WriteLine(FormatRow(
                Figures.Count(function.SelfGas),
                Figures.Share(function.SelfGas, gas),
                Figures.Count(function.TotalGas),
                Figures.Share(function.TotalGas, gas),
                Figures.Count(function.Calls),
                $"{ProfileName.Of(function.Name)} at {Hex.Address(function.ProgramCounter)}"));
        }

        if (profile.Functions.Count > MaxFunctions)
        {
            writer.WriteLine($"… and {Figures.Count(profile.Functions.Count - MaxFunctions, "more function")}");
        }

        WriteBlocks(profile, program, writer, palette);
        WriteLimits(profile, writer, palette);
    }

    private static void WriteBlocks(GasProfile profile, GuestProgram program, TextWriter writer, Palette palette)
    {
        writer.WriteLine();
        writer.WriteLine(palette.Faint($"{"block gas",16} {"share",6} {"entered",14}  block"));
        foreach (var function in profile.Functions.Take(FunctionsWithBlocks))
        {
            foreach (var block in function.Blocks.Take(BlocksPerFunction))
            {
                var place = CodePlace.FunctionAt(program, block.ProgramCounter - program.CodeBase);
                writer.WriteLine(
                    $"{Figures.Count(block.Gas),16} {Figures.Share(block.Gas, profile.Gas),6} {Figures.Count(block.Entries),14}"
                    + $"  {Hex.Address(block.ProgramCounter)}{place}");
            }
        }
    }

    private static void WriteLimits(GasProfile profile, TextWriter writer, Palette palette)
    {
        if (profile.AreStacksCut)
        {
            writer.WriteLine(palette.Caution(
                $"There are more call stacks than are told apart; the others are under {GasProfile.ManyStacks}, not in their callers' totals."));
        }

        if (profile.IsDepthCut)
        {
            writer.WriteLine(palette.Caution("Some call stacks are deeper than is told apart; functions between may be missing from them."));
        }
    }

    private static string FormatRow(string self, string selfShare, string total, string totalShare, string calls, string function) =>
        $"{self,16} {selfShare,6} {total,16} {totalShare,6} {calls,14}  {function}";
}

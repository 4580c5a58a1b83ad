using Pvm2.Compare.Charts;
using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Reports;

/// <summary>Compiling generated programs of growing size.</summary>
internal static class CompileSizeSection
{
    private const double Millisecond = 1_000_000;

    private const double Mebibyte = 1 << 20;

    /// <summary>Writes times, times a byte with their exponent, and memory; nothing where nothing was compiled.</summary>
    public static void Write(TextWriter output, ResultFile results, ChartLinks charts)
    {
        EngineFacts[] engines = [.. results.Engines.Where(engine => results.Compiling.Any(point => point.Engine == engine.Id))];
        if (engines.Length == 0)
        {
            return;
        }

        output.WriteLine("## Compiling against program size");
        output.WriteLine();
        output.WriteLine(
            "One compilation of a generated program, warm. Code is counted in the engine's own format: guest instructions, or the code section of a WebAssembly module, so a byte is not the same work for all engines.");
        output.WriteLine();
        charts.Embed(output, ChartNames.CompileTime);
        Write(output, results, engines, "code, bytes", point => TextTable.Figure(point.CodeBytes, 0));
        Write(output, results, engines, "ms", point => TextTable.Figure(Statistics.Median(point.Nanoseconds) / Millisecond));
        Write(output, results, engines, "ns a byte", point => TextTable.Figure(Statistics.Median(point.Nanoseconds) / point.CodeBytes));
        WriteExponents(output, results, engines);
        WriteMemory(output, results, engines, charts);
    }

    private static void WriteExponents(TextWriter output, ResultFile results, EngineFacts[] engines)
    {
        output.WriteLine(
            "The exponent e of time = c · bytesᵉ by least squares over the logarithms. At 1 the time is proportional to the size; above 1 it grows faster. Costs that every program has pull it below 1. The exponent is the median of those of the rounds, of which there are fewer than of other figures; the last column is the probability with which the interval holds the true median.");
        output.WriteLine();
        var table = new TextTable("engine", "exponent", "interval", "%");
        foreach (var engine in engines)
        {
            var exponent = GrowthExponent.Of([.. results.Compiling.Where(point => point.Engine == engine.Id)]);
            table.Add(engine.Title, TextTable.Figure(exponent.Median), TextTable.Interval(exponent), TextTable.Figure(100 * exponent.Coverage, 1));
        }

        table.WriteTo(output);
        output.WriteLine();
    }

    private static void WriteMemory(TextWriter output, ResultFile results, EngineFacts[] engines, ChartLinks charts)
    {
        if (results.Compiling.All(point => point.PeakBytes.Count == 0))
        {
            return;
        }

        output.WriteLine("By how much one compilation in a fresh process raised its peak of resident memory:");
        output.WriteLine();
        charts.Embed(output, ChartNames.CompileMemory);
        Write(output, results, engines, "MiB", point => TextTable.Figure(Statistics.Median(point.PeakBytes) / Mebibyte));
    }

    private static void Write(
        TextWriter output, ResultFile results, EngineFacts[] engines, string corner, Func<CompilePoint, string> cell)
    {
        var table = new TextTable([corner, .. engines.Select(engine => engine.Title)]);
        foreach (var program in results.Compiling.GroupBy(point => point.ProgramName))
        {
            var points = program.ToDictionary(point => point.Engine);
            table.Add([program.Key, .. engines.Select(engine =>
                points.TryGetValue(engine.Id, out var point) ? cell(point) : TextTable.NoFigure)]);
        }

        table.WriteTo(output);
        output.WriteLine();
    }
}

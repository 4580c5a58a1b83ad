using Pvm2.Compare.Charts;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Reports;

/// <summary>The tables of one kind of figure.</summary>
internal static class KindSection
{
    /// <summary>The heading of the ratios to bare metal.</summary>
    public const string AgainstBareMetal = "Against bare metal";

    /// <summary>Writes them, with a note where nothing was measured.</summary>
    public static void Write(TextWriter output, Measured measured, Kind kind, ChartLinks charts)
    {
        var text = KindText.Of(kind);
        output.WriteLine($"## {text.Title}");
        output.WriteLine();
        output.WriteLine(text.Clock);
        output.WriteLine();
        EngineFacts[] engines = [.. measured.EnginesOf(kind)];
        if (engines.Length == 0)
        {
            output.WriteLine("Not measured.");
            output.WriteLine();
            return;
        }

        charts.Embed(output, ChartNames.Of(kind));
        WriteTimes(output, measured, kind, [.. engines.Where(EngineRoles.IsMain)]);
        WriteVariants(output, measured, kind, [.. engines.Where(EngineRoles.IsGasVariant)]);
        WriteAgainstBareMetal(output, measured, kind, engines);
        WriteCostOfGas(output, measured, kind, engines);
    }

    /// <summary>Writes the medians of engines.</summary>
    public static void WriteMedians(TextWriter output, Measured measured, Kind kind, IEnumerable<EngineFacts> engines) =>
        FigureTable.Write(output, $"{KindText.Of(kind).Unit}, medians", measured.Results.Workloads, Times(measured, kind, engines));

    /// <summary>Writes how many times as long as bare metal engines take; nothing where bare metal has no figures.</summary>
    public static void WriteRatiosToBareMetal(TextWriter output, Measured measured, Kind kind, IEnumerable<EngineFacts> engines)
    {
        if (measured.BareMetal is { } bare && measured.Has(kind, bare.Id))
        {
            var rows = Ratios(measured, kind, engines.Where(engine => engine != bare), _ => bare);
            FigureTable.Write(output, "× of bare metal", measured.Results.Workloads, rows);
        }
    }

    private static void WriteTimes(TextWriter output, Measured measured, Kind kind, EngineFacts[] engines)
    {
        WriteMedians(output, measured, kind, engines);
        FigureTable.WriteIntervals(output, "interval, % of the median", measured.Results.Workloads, Times(measured, kind, engines));
    }

    private static void WriteVariants(TextWriter output, Measured measured, Kind kind, EngineFacts[] variants)
    {
        if (variants.Length > 0)
        {
            output.WriteLine("With other gas models, and without gas:");
            output.WriteLine();
            WriteTimes(output, measured, kind, variants);
        }
    }

    private static void WriteAgainstBareMetal(TextWriter output, Measured measured, Kind kind, EngineFacts[] engines)
    {
        if (kind == Kind.Steady)
        {
            output.WriteLine($"### {AgainstBareMetal}");
            output.WriteLine();
            output.WriteLine(measured.BareMetal is null ? "Bare metal was not measured." : "The median of the ratios within a round.");
            output.WriteLine();
            WriteRatiosToBareMetal(output, measured, kind, engines.Where(EngineRoles.IsMain));
            WriteRatiosToBareMetal(output, measured, kind, engines.Where(EngineRoles.IsGasVariant));
        }
    }

    private static void WriteCostOfGas(TextWriter output, Measured measured, Kind kind, EngineFacts[] engines)
    {
        var results = measured.Results;
        EngineFacts[] metered = [.. engines.Where(engine =>
            EngineRoles.FindWithoutGas(results, engine) is { } without && measured.Has(kind, without.Id))];
        if (metered.Length > 0)
        {
            output.WriteLine("### What gas costs");
            output.WriteLine();
            output.WriteLine("How many times as long it takes with gas as the same tier takes without. The median of the ratios within a round.");
            output.WriteLine();
            var rows = Ratios(measured, kind, metered, engine => EngineRoles.FindWithoutGas(results, engine)!);
            FigureTable.Write(output, "× of no gas", results.Workloads, rows);
        }
    }

    private static IEnumerable<FigureRow> Times(Measured measured, Kind kind, IEnumerable<EngineFacts> engines)
    {
        var unit = KindText.Of(kind).Nanoseconds;
        return engines.Select(engine => new FigureRow(
            engine.Title,
            workload => measured.Time(kind, engine.Id, workload).In(unit),
            measured.MeanTime(kind, engine.Id).In(unit)));
    }

    private static IEnumerable<FigureRow> Ratios(
        Measured measured, Kind kind, IEnumerable<EngineFacts> engines, Func<EngineFacts, EngineFacts> below) =>
        engines.Select(engine => new FigureRow(
            engine.Title,
            workload => measured.Ratio(kind, engine.Id, below(engine).Id, workload),
            measured.MeanRatio(kind, engine.Id, below(engine).Id)));
}

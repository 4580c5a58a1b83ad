using Pvm2.Cli.Output;
using Spectre.Console;

namespace Pvm2.Cli.Inspection;

/// <summary>Shows people what a program is made of.</summary>
internal static class InspectReport
{
    private const int FirstSymbols = 10;

    /// <summary>Writes the report.</summary>
    /// <param name="document">The program.</param>
    /// <param name="output">Where to.</param>
    /// <param name="allSymbols">Whether to list all symbols and not only the first.</param>
    public static void Write(InspectDocument document, CommandOutput output, bool allSymbols)
    {
        var report = new ReportWriter(output.Text, output.OutputPalette);
        WriteSummary(document, report);
        var console = output.CreateConsole();
        WriteSections(document, console);
        WritePoints("Entry point", document.EntryPoints, document.EntryPoints.Count, console);
        WritePoints("Symbol", document.Symbols, allSymbols ? int.MaxValue : FirstSymbols, console);
        WriteNotes(document, console);
    }

    private static void WriteSummary(InspectDocument document, ReportWriter report)
    {
        var (code, gas) = (document.Code, document.Gas);
        report.Line("file", $"{PrintableText.Of(document.File)} ({document.Kind}, {Figures.Count(document.FileBytes, "byte")})");
        report.Line("profile", document.Profile);
        report.Line("sha256", document.Sha256);
        report.Line(
            "code",
            $"{Figures.Count(code.Bytes, "byte")}, {Figures.Count(code.Instructions, "instruction")} "
                + $"({Figures.Count(code.CompressedInstructions)} compressed)");
        if (code.IllegalInstructions != 0)
        {
            report.Line(string.Empty, $"{Figures.Count(code.IllegalInstructions)} illegal, which panic if they run");
        }

        report.Line(
            "blocks",
            $"{Figures.Count(code.Blocks)}, the longest of {Figures.Count(code.LongestBlock, "instruction")}");
        report.Line(
            "tables",
            $"{Figures.Count(document.JumpTables.Tables)} with {Figures.Count(document.JumpTables.Entries)} entries");
        report.Line("gas", DescribeGas(gas));
        report.Line(
            "memory",
            $"{Figures.Count(gas.MemoryPages, "page")}, so an access takes {gas.MemoryLatency} cycles of gas");
    }

    private static string DescribeGas(GasDocument gas) => gas is { CheapestBlock: { } least, DearestBlock: { } most }
        ? $"{gas.Model} model: a block costs {Figures.Count(least)} to {Figures.Count(most)} (at {gas.DearestBlockPc}), "
            + $"on average {gas.MeanBlock:0.##}"
        : $"{gas.Model} model: nothing is charged";

    private static void WriteSections(InspectDocument document, IAnsiConsole console)
    {
        var table = NewTable("Section", "Address");
        table.AddColumn(new TableColumn("Memory").RightAligned());
        table.AddColumn(new TableColumn("Stored").RightAligned());
        foreach (var section in document.Sections)
        {
            AddRow(
                table,
                SpaceOut(section.Name),
                section.Address ?? "-",
                section.MemoryBytes == 0 ? "-" : Figures.Count(section.MemoryBytes),
                Figures.Count(section.StoredBytes));
        }

        AddRow(
            table,
            "in all",
            string.Empty,
            Figures.Count(document.Sections.Sum(section => section.MemoryBytes)),
            Figures.Count(document.ContainerBytes));
        console.Write(table);
    }

    private static void WritePoints(
        string title, IReadOnlyList<CodePointDocument> points, int most, IAnsiConsole console)
    {
        if (points.Count == 0)
        {
            return;
        }

        var table = NewTable(title, "PC");
        foreach (var point in points.Take(most))
        {
            AddRow(table, PrintableText.Of(point.Name), point.Pc);
        }

        if (points.Count > most)
        {
            AddRow(table, $"… and {points.Count - most} more (--symbols lists all)", string.Empty);
        }

        console.Write(table);
    }

    private static void WriteNotes(InspectDocument document, IAnsiConsole console)
    {
        if (document.BuildNotes.Count == 0)
        {
            return;
        }

        var table = NewTable("Build note", "Value");
        foreach (var note in document.BuildNotes)
        {
            AddRow(table, PrintableText.Of(note.Key), PrintableText.Of(note.Value));
        }

        console.Write(table);
    }

    /// <summary>Makes words of a camel-case name.</summary>
    private static string SpaceOut(string name) =>
        string.Concat(name.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));

    private static Table NewTable(params string[] columns) =>
        new Table().Border(TableBorder.Simple).AddColumns(columns);

    /// <summary>Adds a row of plain texts; what a program named must not be read as markup.</summary>
    private static void AddRow(Table table, params string[] cells) =>
        table.AddRow(cells.Select(cell => new Text(cell)));
}

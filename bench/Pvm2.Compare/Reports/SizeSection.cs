using System.Globalization;
using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Reports;

/// <summary>The bytes of each workload in each of its builds, beside the announcement's.</summary>
internal static class SizeSection
{
    /// <summary>Writes them; nothing where there are none.</summary>
    public static void Write(TextWriter output, ResultFile results)
    {
        if (results.Sizes.Count == 0)
        {
            return;
        }

        output.WriteLine("## Sizes");
        output.WriteLine();
        output.WriteLine(
            "Bytes as they are stored, from the same C sources: executable sections of the RISC-V ELF; code, jump tables, data and the whole file of the container in both profiles; the code section and the whole of the WebAssembly module. " +
            "The last column is the announcement's, of whole images that still held long runs of zeros.");
        output.WriteLine();
        WriteSizes(output, results.Sizes);
        WriteSources(output, results.Sizes);
    }

    private static void WriteSizes(TextWriter output, IReadOnlyList<SizeFacts> sizes)
    {
        var table = new TextTable(
            "bytes",
            "ELF text",
            "static: code", "tables", "data", "whole",
            "xjar: code", "tables", "data", "whole",
            "wasm: code", "whole",
            "announced image");
        foreach (var size in sizes)
        {
            table.Add([
                size.Workload,
                Bytes(size.ElfText),
                .. Cells(size.Static),
                .. Cells(size.Xjar),
                Bytes(size.WasmCode),
                Bytes(size.WasmWhole),
                Bytes(Find(size.Workload)?.ImageBytes)]);
        }

        table.WriteTo(output);
        output.WriteLine();
    }

    private static void WriteSources(TextWriter output, IReadOnlyList<SizeFacts> sizes)
    {
        var table = new TextTable("workload", "the announcement's guest and ours") { Words = 2 };
        foreach (var published in sizes.Select(size => Find(size.Workload)).OfType<Announcement>())
        {
            table.Add(published.Workload, published.Source);
        }

        table.WriteTo(output);
        output.WriteLine();
    }

    private static string[] Cells(ContainerSize size) => [Bytes(size.Code), Bytes(size.Tables), Bytes(size.Data), Bytes(size.Whole)];

    private static string Bytes(long? bytes) => bytes?.ToString(CultureInfo.InvariantCulture) ?? TextTable.NoFigure;

    private static Announcement? Find(string workload) => Announcement.All.FirstOrDefault(published => published.Workload == workload);
}

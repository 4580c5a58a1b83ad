using System.Globalization;
using Pvm2.Fuzz.Running;
using Spectre.Console;

namespace Pvm2.Fuzz.Output;

/// <summary>What each tier had, as a table.</summary>
internal static class TierTable
{
    /// <summary>Makes the table.</summary>
    internal static Table Make(FuzzTotals totals)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("tier");
        foreach (var title in new[] { "cases", "blocks", "executed" })
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (var (name, tier) in totals.Tiers)
        {
            table.AddRow(name, Text(tier.Cases), Text(tier.Blocks), Text(tier.BlocksExecuted));
        }

        return table;
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

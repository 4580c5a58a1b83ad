using System.Globalization;
using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Reports;

/// <summary>The times that the announcement of PVM2 published, beside ours.</summary>
internal static class AnnouncementSection
{
    /// <summary>Writes them; nothing where we have none.</summary>
    public static void Write(TextWriter output, Measured measured)
    {
        if (!measured.Has(Kind.Cold, EngineRoles.Ours))
        {
            return;
        }

        output.WriteLine("## The announcement's times");
        output.WriteLine();
        output.WriteLine(
            "The announcement of PVM2 published cold times of its own machine. Times do not travel between machines: the columns on the right say nothing about how fast those engines are here. " +
            "Nor do the ratios mean much where the guests are different programs, as the table of sizes tells of each. PolkaVM and JAVM were not measured here.");
        output.WriteLine();
        var table = new TextTable("cold µs", $"here: {EngineRoles.Ours}", "there: JAVM, PVM2", "there: JAVM, first PVM", "there: PolkaVM");
        foreach (var published in Announcement.All.Where(published => measured.Results.Workloads.Contains(published.Workload)))
        {
            table.Add(
                published.Workload,
                TextTable.Figure(measured.Time(Kind.Cold, EngineRoles.Ours, published.Workload).In(1000).Median),
                AsPublished(published.JavmPvm2),
                AsPublished(published.JavmPvm),
                AsPublished(published.PolkaVm));
        }

        table.WriteTo(output);
        output.WriteLine();
    }

    private static string AsPublished(double microseconds) => microseconds.ToString(CultureInfo.InvariantCulture);
}

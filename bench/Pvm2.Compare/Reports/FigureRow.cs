using Pvm2.Measuring;

namespace Pvm2.Compare.Reports;

/// <summary>A row of a table with a column for each workload.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Figure">The figure of a workload.</param>
/// <param name="Mean">The mean over all workloads.</param>
internal sealed record FigureRow(string Name, Func<string, MedianInterval> Figure, MedianInterval Mean);

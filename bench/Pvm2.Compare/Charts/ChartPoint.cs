namespace Pvm2.Compare.Charts;

/// <summary>A point of an engine's line.</summary>
/// <param name="Engine">Whose.</param>
/// <param name="Place">Its value on the axis at the bottom.</param>
/// <param name="Value">Its value on the axis at the left.</param>
internal readonly record struct ChartPoint(string Engine, double Place, double Value);

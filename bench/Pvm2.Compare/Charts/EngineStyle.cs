using ScottPlot;

namespace Pvm2.Compare.Charts;

/// <summary>How an engine looks, in every chart.</summary>
/// <param name="Color">That of its family.</param>
/// <param name="Marker">Which of the family it is.</param>
internal readonly record struct EngineStyle(Color Color, MarkerShape Marker);

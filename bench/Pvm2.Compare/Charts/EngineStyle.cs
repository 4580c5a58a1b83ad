using ScottPlot;

namespace Pvm2.Compare.Charts;

/// <summary>How an engine looks, in every chart.</summary>
/// <param name="Color">That of its family.</param>
/// <param name="Marker">Which of the family it is.</param>
/// <param name="Line">The same, where a family has more engines than there are shapes.</param>
internal readonly record struct EngineStyle(Color Color, MarkerShape Marker, LinePattern Line);

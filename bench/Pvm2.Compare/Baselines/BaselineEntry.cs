namespace Pvm2.Compare.Baselines;

/// <summary>A ratio that is watched: less is better.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Above">What is divided.</param>
/// <param name="Below">What it is divided by. Both are taken within a round, so that a slow moment of the machine hits both.</param>
/// <param name="Ratio">The median over the rounds when the baseline was made.</param>
/// <param name="Tolerance">How much greater it may become, as a share of it: 0.2 allows 1.2 times.</param>
public sealed record BaselineEntry(string Name, BaselineOperand Above, BaselineOperand Below, double Ratio, double Tolerance);

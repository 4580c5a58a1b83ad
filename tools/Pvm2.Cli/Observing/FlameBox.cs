namespace Pvm2.Cli.Observing;

/// <summary>A box of a flame graph.</summary>
/// <param name="Name">The function.</param>
/// <param name="Row">How many callers are below it.</param>
/// <param name="Left">Where it begins, in pixels.</param>
/// <param name="Width">How wide it is, in pixels.</param>
/// <param name="Gas">Gas of the function and of what it called, in this stack.</param>
internal readonly record struct FlameBox(string Name, int Row, double Left, double Width, ulong Gas);

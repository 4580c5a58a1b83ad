namespace Pvm2.IlJit.Tiering;

/// <summary>What a tier has compiled in the background, in all modules together.</summary>
/// <param name="Compiled">Regions that were compiled.</param>
/// <param name="Pending">Regions, and modules to be grouped into regions, that wait or are being worked on.</param>
/// <param name="Failed">
/// Regions, and modules, that could not be compiled, such as for want of memory: the interpreter keeps them.
/// </param>
/// <param name="LastFailure">Why the last of those could not; null if there is none.</param>
public sealed record CompilationStatistics(int Compiled, int Pending, int Failed, Exception? LastFailure);

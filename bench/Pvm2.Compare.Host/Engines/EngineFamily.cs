namespace Pvm2.Compare.Host.Engines;

/// <summary>Engines that differ in who meters.</summary>
/// <param name="Name">An engine's id up to the stroke.</param>
/// <param name="Meterings">What may follow after it.</param>
/// <param name="Create">Makes the engine of one of <paramref name="Meterings"/>.</param>
internal sealed record EngineFamily(string Name, string[] Meterings, Func<string, IServedEngine> Create);

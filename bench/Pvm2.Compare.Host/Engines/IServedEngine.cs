namespace Pvm2.Compare.Host.Engines;

/// <summary>
/// An engine behind the protocol of the comparison. What it does is cut where the clocks start and stop: the methods do
/// what is named and nothing before or after it, and whoever calls them has the clock.
/// </summary>
internal interface IServedEngine : IDisposable
{
    /// <summary>Its name and version, in one line.</summary>
    string Description { get; }

    /// <summary>Why something cannot be measured of it; null where it can.</summary>
    string? WhyUnsupported(MeasuredKind kind) => null;

    /// <summary>Reads a program into memory, instead of the one before, and makes nothing of it.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="EngineException">The engine cannot have anything to do with it.</exception>
    void Load(string path);

    /// <summary>Makes code that can be entered, from the bytes in memory.</summary>
    /// <returns>What keeps the code; to be disposed of where it can be.</returns>
    object Compile();

    /// <summary>
    /// Makes of the bytes in memory what instances are made of. The code is compiled when this returns or with the first
    /// instance, as it is the engine's way.
    /// </summary>
    IServedProgram Open();
}

namespace Pvm2.Compare.Host.Engines;

/// <summary>A guest with a memory of its own.</summary>
internal interface IServedInstance : IDisposable
{
    /// <summary>Runs the workload from its entry point to its end. Memory stays as the run before has left it.</summary>
    /// <returns>What the workload left.</returns>
    /// <exception cref="EngineException">The guest ended in another way.</exception>
    ulong Run();
}

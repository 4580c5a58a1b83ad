using Pvm2.Runtime.Diagnostics;

namespace Pvm2.Cli.Observing;

/// <summary>Tells several observers, in turn.</summary>
/// <param name="observers">The observers.</param>
internal sealed class BlockObservers(IReadOnlyList<IBlockObserver> observers) : IBlockObserver
{
    /// <inheritdoc/>
    public void BlockEntered(in BlockEntry entry)
    {
        foreach (var observer in observers)
        {
            observer.BlockEntered(entry);
        }
    }
}

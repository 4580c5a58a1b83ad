using Pvm2.Runtime.Memory;

namespace Pvm2.Runtime.Governing;

/// <summary>
/// Provides memory as the best stage needs it. An instance for which there is none gets memory that the lower stages run
/// on.
/// </summary>
/// <param name="best">Provides what the best stage needs.</param>
/// <param name="other">Provides what all others run on.</param>
/// <param name="counters">Told when that is needed.</param>
internal sealed class GovernedMemory(MemorySource best, MemorySource other, GovernorCounters counters) : MemorySource
{
    /// <inheritdoc/>
    public override MemoryBacking Create()
    {
        try
        {
            return best.Create();
        }
        catch (OutOfMemoryException)
        {
            counters.MemoryFellBack();
            return other.Create();
        }
    }
}

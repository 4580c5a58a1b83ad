namespace Pvm2.Runtime.Interpreter;

/// <summary>Chooses the handlers of a program's slots so that a block takes as few of them as can be.</summary>
/// <remarks>
/// Each slot has a handler of its own, also where the handler of the slot before does its work: execution goes on
/// there when an access has to be made the slow way.
/// </remarks>
internal static class Fusion
{
    /// <summary>Chooses handlers.</summary>
    /// <param name="codes">What each slot does. A block's first slot, or what a block ends with, is never fused.</param>
    /// <param name="registry">The handlers there are.</param>
    /// <returns>The handler number of each slot; the array is pinned.</returns>
    internal static ushort[] ChooseHandlers(ReadOnlySpan<OperationCode> codes, HandlerRegistry registry)
    {
        var numbers = GC.AllocateUninitializedArray<ushort>(codes.Length, pinned: true);

        // From the back: how many handlers it takes from the next slot on, and from the one after it.
        var (next, afterNext) = (0, 0);
        for (var slot = codes.Length - 1; slot >= 0; slot--)
        {
            var pair = slot + 1 < codes.Length && afterNext < next
                ? registry.Number(codes[slot], codes[slot + 1])
                : HandlerRegistry.None;
            var isFused = pair != HandlerRegistry.None;
            numbers[slot] = isFused ? pair : registry.Number(codes[slot]);
            (next, afterNext) = (1 + (isFused ? afterNext : next), next);
        }

        return numbers;
    }
}

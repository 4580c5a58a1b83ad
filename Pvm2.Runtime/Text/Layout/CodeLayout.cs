using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>
/// Finds the offset of every item. Items start in their shortest form; whenever a branch does not reach its target
/// it grows, and all is laid out again, until nothing grows any more. As items only grow, that comes to an end.
/// </summary>
internal sealed class CodeLayout(AssemblyUnit unit, InstructionBuilder builder)
{
    internal InstructionBuilder Builder { get; } = builder;

    internal ExpressionEvaluator Evaluator => unit.Evaluator;

    internal long CodeBase => unit.CodeBase;

    /// <summary>Whether there are offsets from an earlier round.</summary>
    internal bool HasOffsets => unit.Code.IsLaidOut;

    /// <summary>Lays the code out.</summary>
    /// <returns>Whether it is of a size that a program can have.</returns>
    internal bool TryLayOut()
    {
        var previous = PlaceItems(null);
        while (true)
        {
            unit.Code.SetOffsets(previous);
            var next = PlaceItems(previous);
            if (next.AsSpan().SequenceEqual(previous))
            {
                break;
            }

            previous = next;
        }

        if (unit.Code.Size <= AddressSpace.MaxXjarCodeSize)
        {
            return true;
        }

        var last = unit.Code.Items[^1];
        unit.Diagnostics.Add(last.Position, $"The code is {unit.Code.Size} bytes long; {AddressSpace.MaxXjarCodeSize} are possible.");
        return false;
    }

    /// <summary>Measures all items where they lay in the round before, and places them one after the other.</summary>
    private long[] PlaceItems(long[]? previous)
    {
        var items = unit.Code.Items;
        var offsets = new long[items.Count + 1];
        for (var i = 0; i < items.Count; i++)
        {
            // Padding depends on where the item comes to lie; what a branch reaches, on where all lay together.
            var place = items[i] is AlignItem || previous is null ? offsets[i] : previous[i];
            offsets[i + 1] = offsets[i] + items[i].Measure(this, place);
        }

        return offsets;
    }
}

using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>The code of a source: its items in order and, once they are laid out, where each lies.</summary>
internal sealed class CodeSection
{
    private long[] _offsets = [];
    private Dictionary<long, AddressPartExpression>? _upperParts;

    internal List<CodeItem> Items { get; } = [];

    /// <summary>Whether offsets are known; they may still grow.</summary>
    internal bool IsLaidOut => _offsets.Length == Items.Count + 1;

    /// <summary>Bytes of code.</summary>
    internal long Size => _offsets[^1];

    /// <summary>The offset of an item, or after the last one.</summary>
    internal long OffsetOf(long item) => _offsets[item];

    /// <summary>Sets the offsets of all items and of the end.</summary>
    internal void SetOffsets(long[] offsets)
    {
        _offsets = offsets;
        _upperParts = null;
    }

    /// <summary>The item that a byte of code comes from.</summary>
    internal CodeItem ItemAt(long offset)
    {
        var index = Array.BinarySearch(_offsets, offset);
        index = index < 0 ? ~index - 1 : index;

        // Items without bytes share the offset of the next; the last of them has the bytes.
        while (index + 1 < Items.Count && _offsets[index + 1] == offset)
        {
            index++;
        }

        return Items[Math.Min(index, Items.Count - 1)];
    }

    /// <summary>The <c>%pcrel_hi</c> of the auipc at an offset.</summary>
    internal bool TryFindUpperPart(long offset, [NotNullWhen(true)] out AddressPartExpression? upper)
    {
        _upperParts ??= FindUpperParts();
        return _upperParts.TryGetValue(offset, out upper);
    }

    private Dictionary<long, AddressPartExpression> FindUpperParts()
    {
        var parts = new Dictionary<long, AddressPartExpression>();
        for (var i = 0; i < Items.Count; i++)
        {
            if (Items[i] is InstructionItem { UpperPart: { } upper })
            {
                parts[_offsets[i]] = upper;
            }
        }

        return parts;
    }
}

using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.Generation;

/// <summary>
/// Lays instructions out that jump to labels. Every instruction is written in the form it was given in or, where
/// asked, in 2 bytes if that reaches; the result is legal as far as each instruction is.
/// </summary>
public sealed class CodeBuilder
{
    private const int NoLabel = -1;

    private readonly List<Item> _items = [];
    private readonly List<int> _itemOfLabel = [];
    private readonly List<IReadOnlyList<int>> _tables = [];

    /// <summary>Number of instructions so far.</summary>
    public int Count => _items.Count;

    /// <summary>Makes a label that has no place yet.</summary>
    public int NewLabel()
    {
        _itemOfLabel.Add(NoLabel);
        return _itemOfLabel.Count - 1;
    }

    /// <summary>Puts a label before the next instruction.</summary>
    public void Mark(int label) => _itemOfLabel[label] = _items.Count;

    /// <summary>Makes a label and puts it before the next instruction.</summary>
    public int NewLabelHere()
    {
        var label = NewLabel();
        Mark(label);
        return label;
    }

    /// <summary>Adds an instruction that is complete.</summary>
    /// <param name="instruction">In 4-byte or 2-byte form.</param>
    /// <param name="compress">Whether to write its 2-byte form if it has one.</param>
    public void Emit(in Instruction instruction, bool compress = false) =>
        _items.Add(new Item(instruction, NoLabel, NoLabel, 0, compress));

    /// <summary>Adds bytes that may be no instruction.</summary>
    /// <param name="bits">The bytes, little-endian.</param>
    /// <param name="length">How many, 1 to 4.</param>
    public void EmitRaw(uint bits, int length) =>
        _items.Add(new Item(Instruction.Illegal(length), NoLabel, NoLabel, 0, false) { Raw = bits });

    /// <summary>Adds a branch or jump whose displacement is the way to a label.</summary>
    public void EmitTo(int target, in Instruction instruction, bool compress = false) =>
        _items.Add(new Item(instruction, target, NoLabel, 0, compress));

    /// <summary>Adds a 4-byte instruction whose immediate is the distance between two labels, and a number more.</summary>
    public void EmitDistance(int origin, int target, int addend, in Instruction instruction) =>
        _items.Add(new Item(instruction, target, origin, addend, false));

    /// <summary>Adds a jump table of labels.</summary>
    /// <returns>Its number.</returns>
    public int AddTable(IReadOnlyList<int> labels)
    {
        _tables.Add(labels);
        return _tables.Count - 1;
    }

    /// <summary>Finds every length and displacement, and encodes.</summary>
    /// <exception cref="InvalidOperationException">A displacement does not fit even a 4-byte instruction.</exception>
    public GeneratedCode Build() => TryBuild(out var code)
        ? code
        : throw new InvalidOperationException("A displacement does not fit its instruction.");

    /// <summary>Finds every length and displacement, and encodes.</summary>
    /// <returns>Whether every displacement fits.</returns>
    public bool TryBuild([NotNullWhen(true)] out GeneratedCode? code)
    {
        var items = _items.ToArray();
        var offsets = new int[items.Length + 1];
        for (var i = 0; i < items.Length; i++)
        {
            items[i].Length = items[i].Compress && items[i].Origin == NoLabel ? 2 : items[i].Instruction.Length;
        }

        // Lengths only grow, so this ends.
        while (true)
        {
            Place(items, offsets);
            if (!Resolve(items, offsets))
            {
                break;
            }
        }

        code = Array.TrueForAll(items, item => item.Raw is not null || Encoder.TryEncode(item.Resolved, out _))
            ? Encode(items, offsets)
            : null;
        return code is not null;
    }

    private static void Place(Item[] items, int[] offsets)
    {
        for (var i = 0; i < items.Length; i++)
        {
            offsets[i + 1] = offsets[i] + items[i].Length;
        }
    }

    /// <summary>Fills in displacements, and lengthens what they do not fit.</summary>
    /// <returns>Whether any length changed.</returns>
    private bool Resolve(Item[] items, int[] offsets)
    {
        var grown = false;
        for (var i = 0; i < items.Length; i++)
        {
            ref var item = ref items[i];
            item.Resolved = item.Instruction;
            if (item.Target != NoLabel)
            {
                var origin = item.Origin == NoLabel ? offsets[i] : OffsetOf(item.Origin, offsets);
                item.Resolved = item.Instruction with { Immediate = OffsetOf(item.Target, offsets) - origin + item.Addend };
            }

            if (item.Length == 2 && item.Instruction.Length == 4)
            {
                if (Encoder.TryCompress(item.Resolved, out var small))
                {
                    item.Resolved = small;
                }
                else
                {
                    item.Length = 4;
                    grown = true;
                }
            }
        }

        return grown;
    }

    private GeneratedCode Encode(Item[] items, int[] offsets)
    {
        var bytes = new byte[offsets[^1]];
        for (var i = 0; i < items.Length; i++)
        {
            var bits = items[i].Raw ?? Encoder.Encode(items[i].Resolved);
            Encoder.Write(bits, items[i].Length, bytes.AsSpan(offsets[i]));
        }

        var labels = new uint[_itemOfLabel.Count];
        for (var label = 0; label < labels.Length; label++)
        {
            labels[label] = (uint)OffsetOf(label, offsets);
        }

        var tables = new List<IReadOnlyList<uint>>();
        foreach (var table in _tables)
        {
            tables.Add([.. table.Select(label => labels[label])]);
        }

        return new GeneratedCode(bytes, labels, tables);
    }

    private int OffsetOf(int label, int[] offsets)
    {
        var item = _itemOfLabel[label];
        return item != NoLabel ? offsets[item] : throw new InvalidOperationException($"Label {label} has no place.");
    }

    private record struct Item(Instruction Instruction, int Target, int Origin, int Addend, bool Compress)
    {
        public int Length { get; set; }

        public uint? Raw { get; init; }

        public Instruction Resolved { get; set; }
    }
}

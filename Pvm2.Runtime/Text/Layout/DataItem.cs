using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>Data in the code: numbers or bytes.</summary>
internal sealed class DataItem : CodeItem
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly IReadOnlyList<DataField> _fields;

    /// <summary>Makes an item of bytes.</summary>
    internal DataItem(SourcePosition position, ReadOnlyMemory<byte> bytes)
        : base(position)
    {
        _bytes = bytes;
        _fields = [];
    }

    /// <summary>Makes an item of numbers.</summary>
    internal DataItem(SourcePosition position, IReadOnlyList<DataField> fields)
        : base(position)
    {
        _bytes = default;
        _fields = fields;
    }

    internal override bool IsInstruction => false;

    internal override long Measure(CodeLayout layout, long offset) =>
        _fields.Count == 0 ? _bytes.Length : _fields.Sum(field => (long)field.Width);

    internal override void Emit(CodeEmitter emitter)
    {
        emitter.AddBytes(_bytes.Span);
        foreach (var field in _fields)
        {
            emitter.AddNumber(emitter.Builder.TryEvaluateField(field, out var number) ? number : 0, field.Width);
        }
    }
}

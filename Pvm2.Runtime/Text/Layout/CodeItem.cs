using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>A statement that puts bytes into the code.</summary>
internal abstract class CodeItem(SourcePosition position)
{
    /// <summary>Where the statement stands.</summary>
    internal SourcePosition Position { get; } = position;

    /// <summary>Whether it holds instructions, which need an even offset.</summary>
    internal virtual bool IsInstruction => true;

    /// <summary>
    /// The number of bytes at an offset. While the code is laid out this is asked again and again, and but for
    /// padding the answer never shrinks: that is why layout ends.
    /// </summary>
    internal abstract long Measure(CodeLayout layout, long offset);

    /// <summary>Appends the bytes, as many as were measured last; complains about what does not fit.</summary>
    internal abstract void Emit(CodeEmitter emitter);
}

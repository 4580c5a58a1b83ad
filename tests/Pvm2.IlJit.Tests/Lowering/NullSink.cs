using System.Reflection;
using System.Reflection.Emit;
using Pvm2.IlJit.Lowering;

namespace Pvm2.IlJit.Tests.Lowering;

/// <summary>Takes IL and drops it: with a <see cref="MeasuringSink"/> before it, a method is measured without being made.</summary>
internal sealed class NullSink : ICodeSink
{
    private int _locals;
    private int _labels;

    /// <inheritdoc/>
    public int DeclareLocal(Type type) => _locals++;

    /// <inheritdoc/>
    public CodeLabel DefineLabel() => new(_labels++);

    /// <inheritdoc/>
    public void Mark(CodeLabel label)
    {
    }

    /// <inheritdoc/>
    public void Emit(OpCode code)
    {
    }

    /// <inheritdoc/>
    public void LoadArgument(int argument)
    {
    }

    /// <inheritdoc/>
    public void StoreArgument(int argument)
    {
    }

    /// <inheritdoc/>
    public void LoadLocal(int local)
    {
    }

    /// <inheritdoc/>
    public void StoreLocal(int local)
    {
    }

    /// <inheritdoc/>
    public void LoadInt32(int value)
    {
    }

    /// <inheritdoc/>
    public void LoadInt64(long value)
    {
    }

    /// <inheritdoc/>
    public void Branch(OpCode code, CodeLabel target)
    {
    }

    /// <inheritdoc/>
    public void Switch(ReadOnlySpan<CodeLabel> targets)
    {
    }

    /// <inheritdoc/>
    public void Call(MethodInfo method)
    {
    }

    /// <inheritdoc/>
    public void TailCallRegion()
    {
    }
}

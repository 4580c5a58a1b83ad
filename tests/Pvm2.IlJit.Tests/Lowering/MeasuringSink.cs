using System.Reflection;
using System.Reflection.Emit;
using Pvm2.IlJit.Lowering;

namespace Pvm2.IlJit.Tests.Lowering;

/// <summary>Measures IL on its way to another sink.</summary>
/// <param name="next">The other sink.</param>
internal sealed class MeasuringSink(ICodeSink next) : ICodeSink
{
    private const int TokenOrConstant = 4;
    private int _instructions;
    private int _bytes;
    private int _localReferences;
    private int _basicBlocks;

    // Whether the next instruction is the first of its block, as the method's first one is.
    private bool _startsBlock = true;

    /// <summary>What has passed so far.</summary>
    internal CodeSize Size => new(_instructions, _bytes, _localReferences, _basicBlocks);

    /// <inheritdoc/>
    public int DeclareLocal(Type type) => next.DeclareLocal(type);

    /// <inheritdoc/>
    public CodeLabel DefineLabel() => next.DefineLabel();

    /// <inheritdoc/>
    public void Mark(CodeLabel label)
    {
        _startsBlock = true;
        next.Mark(label);
    }

    /// <inheritdoc/>
    public void Emit(OpCode code)
    {
        Count(code.Size);
        next.Emit(code);
    }

    /// <inheritdoc/>
    public void LoadArgument(int argument)
    {
        CountLocal(argument);
        next.LoadArgument(argument);
    }

    /// <inheritdoc/>
    public void StoreArgument(int argument)
    {
        CountLocal(argument);
        next.StoreArgument(argument);
    }

    /// <inheritdoc/>
    public void LoadLocal(int local)
    {
        CountLocal(local);
        next.LoadLocal(local);
    }

    /// <inheritdoc/>
    public void StoreLocal(int local)
    {
        CountLocal(local);
        next.StoreLocal(local);
    }

    /// <inheritdoc/>
    public void LoadInt32(int value)
    {
        Count(1 + (value is >= sbyte.MinValue and <= sbyte.MaxValue ? sizeof(sbyte) : sizeof(int)));
        next.LoadInt32(value);
    }

    /// <inheritdoc/>
    public void LoadInt64(long value)
    {
        Count(1 + sizeof(long));
        next.LoadInt64(value);
    }

    /// <inheritdoc/>
    public void Branch(OpCode code, CodeLabel target)
    {
        Count(code.Size + TokenOrConstant);

        // What comes after a branch is a block, whether it has a label or not.
        _startsBlock = true;
        next.Branch(code, target);
    }

    /// <inheritdoc/>
    public void Switch(ReadOnlySpan<CodeLabel> targets)
    {
        Count(1 + (TokenOrConstant * (1 + targets.Length)));
        _startsBlock = true;
        next.Switch(targets);
    }

    /// <inheritdoc/>
    public void Call(MethodInfo method)
    {
        Count(1 + TokenOrConstant);
        next.Call(method);
    }

    /// <inheritdoc/>
    public void TailCallRegion()
    {
        Count(OpCodes.Tailcall.Size);
        Count(1 + TokenOrConstant);
        Count(1);
        _startsBlock = true;
        next.TailCallRegion();
    }

    private void Count(int bytes)
    {
        _instructions++;
        _bytes += bytes;
        _basicBlocks += _startsBlock ? 1 : 0;
        _startsBlock = false;
    }

    private void CountLocal(int number)
    {
        _localReferences++;
        Count(number <= byte.MaxValue ? 2 : 4);
    }
}

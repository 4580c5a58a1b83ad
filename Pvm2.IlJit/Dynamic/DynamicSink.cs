using System.Reflection;
using System.Reflection.Emit;
using Pvm2.IlJit.Lowering;
using Pvm2.Runtime.Execution;

namespace Pvm2.IlJit.Dynamic;

/// <summary>Writes IL into a dynamic method.</summary>
/// <param name="generator">The method's generator.</param>
internal sealed unsafe class DynamicSink(ILGenerator generator) : ICodeSink
{
    private readonly List<Label> _labels = [];

    /// <inheritdoc/>
    public int DeclareLocal(Type type) => generator.DeclareLocal(type).LocalIndex;

    /// <inheritdoc/>
    public CodeLabel DefineLabel()
    {
        _labels.Add(generator.DefineLabel());
        return new CodeLabel(_labels.Count - 1);
    }

    /// <inheritdoc/>
    public void Mark(CodeLabel label) => generator.MarkLabel(_labels[label.Number]);

    /// <inheritdoc/>
    public void Emit(OpCode code) => generator.Emit(code);

    /// <inheritdoc/>
    public void LoadArgument(int argument) =>
        generator.Emit(argument == 0 ? OpCodes.Ldarg_0 : OpCodes.Ldarg_1);

    /// <inheritdoc/>
    public void StoreArgument(int argument) => generator.Emit(OpCodes.Starg_S, (byte)argument);

    /// <inheritdoc/>
    public void LoadLocal(int local) => EmitLocal(OpCodes.Ldloc_S, OpCodes.Ldloc, local);

    /// <inheritdoc/>
    public void StoreLocal(int local) => EmitLocal(OpCodes.Stloc_S, OpCodes.Stloc, local);

    /// <inheritdoc/>
    public void LoadInt32(int value)
    {
        if (value is >= sbyte.MinValue and <= sbyte.MaxValue)
        {
            generator.Emit(OpCodes.Ldc_I4_S, (sbyte)value);
        }
        else
        {
            generator.Emit(OpCodes.Ldc_I4, value);
        }
    }

    /// <inheritdoc/>
    public void LoadInt64(long value) => generator.Emit(OpCodes.Ldc_I8, value);

    /// <inheritdoc/>
    public void Branch(OpCode code, CodeLabel target) => generator.Emit(code, _labels[target.Number]);

    /// <inheritdoc/>
    public void Switch(ReadOnlySpan<CodeLabel> targets)
    {
        var labels = new Label[targets.Length];
        for (var n = 0; n < labels.Length; n++)
        {
            labels[n] = _labels[targets[n].Number];
        }

        generator.Emit(OpCodes.Switch, labels);
    }

    /// <inheritdoc/>
    public void Call(MethodInfo method) => generator.Emit(OpCodes.Call, method);

    /// <inheritdoc/>
    public void TailCallRegion()
    {
        generator.Emit(OpCodes.Tailcall);
        generator.EmitCalli(
            OpCodes.Calli, CallingConventions.Standard, typeof(long), [typeof(ExecutionState*), typeof(int)], null);
        generator.Emit(OpCodes.Ret);
    }

    private void EmitLocal(OpCode shortForm, OpCode longForm, int local)
    {
        if (local <= byte.MaxValue)
        {
            generator.Emit(shortForm, (byte)local);
        }
        else
        {
            generator.Emit(longForm, (short)local);
        }
    }
}

using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Pvm2.IlJit.Lowering;
using EmitCode = System.Reflection.Emit.OpCode;
using OpCodes = Mono.Cecil.Cil.OpCodes;

namespace Pvm2.IlJit.Aot;

/// <summary>Writes a region's IL into a method of an assembly that is to be saved.</summary>
internal sealed class CecilSink : ICodeSink
{
    private readonly Mono.Cecil.Cil.MethodBody _body;
    private readonly AssemblyReferences _references;
    private readonly CallSite _regionCall;

    // For each label the instruction that it is at, once that is known.
    private readonly List<Instruction?> _targets = [];
    private readonly List<CodeLabel> _marked = [];
    private readonly List<(Instruction Instruction, CodeLabel[] Labels)> _jumps = [];

    /// <summary>Makes a sink for the body of a new method.</summary>
    /// <param name="method">A method of a region's signature.</param>
    /// <param name="references">What its assembly refers to.</param>
    public CecilSink(MethodDefinition method, AssemblyReferences references)
    {
        _body = method.Body;
        _references = references;
        _regionCall = new CallSite(method.ReturnType);
        foreach (var parameter in method.Parameters)
        {
            _regionCall.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        }
    }

    /// <inheritdoc/>
    public int DeclareLocal(Type type)
    {
        _body.Variables.Add(new VariableDefinition(_references.Type(type)));
        return _body.Variables.Count - 1;
    }

    /// <inheritdoc/>
    public CodeLabel DefineLabel()
    {
        _targets.Add(null);
        return new CodeLabel(_targets.Count - 1);
    }

    /// <inheritdoc/>
    public void Mark(CodeLabel label) => _marked.Add(label);

    /// <inheritdoc/>
    public void Emit(EmitCode code) => Append(Instruction.Create(CecilOperationCodes.Of(code)));

    /// <inheritdoc/>
    public void LoadArgument(int argument) =>
        Append(Instruction.Create(argument == 0 ? OpCodes.Ldarg_0 : OpCodes.Ldarg_1));

    /// <inheritdoc/>
    public void StoreArgument(int argument) =>
        Append(Instruction.Create(OpCodes.Starg_S, _body.Method.Parameters[argument]));

    /// <inheritdoc/>
    public void LoadLocal(int local) => Append(local switch
    {
        0 => Instruction.Create(OpCodes.Ldloc_0),
        1 => Instruction.Create(OpCodes.Ldloc_1),
        2 => Instruction.Create(OpCodes.Ldloc_2),
        3 => Instruction.Create(OpCodes.Ldloc_3),
        <= byte.MaxValue => Instruction.Create(OpCodes.Ldloc_S, _body.Variables[local]),
        _ => Instruction.Create(OpCodes.Ldloc, _body.Variables[local]),
    });

    /// <inheritdoc/>
    public void StoreLocal(int local) => Append(local switch
    {
        0 => Instruction.Create(OpCodes.Stloc_0),
        1 => Instruction.Create(OpCodes.Stloc_1),
        2 => Instruction.Create(OpCodes.Stloc_2),
        3 => Instruction.Create(OpCodes.Stloc_3),
        <= byte.MaxValue => Instruction.Create(OpCodes.Stloc_S, _body.Variables[local]),
        _ => Instruction.Create(OpCodes.Stloc, _body.Variables[local]),
    });

    /// <inheritdoc/>
    public void LoadInt32(int value) => Append(value switch
    {
        -1 => Instruction.Create(OpCodes.Ldc_I4_M1),
        0 => Instruction.Create(OpCodes.Ldc_I4_0),
        1 => Instruction.Create(OpCodes.Ldc_I4_1),
        2 => Instruction.Create(OpCodes.Ldc_I4_2),
        3 => Instruction.Create(OpCodes.Ldc_I4_3),
        4 => Instruction.Create(OpCodes.Ldc_I4_4),
        5 => Instruction.Create(OpCodes.Ldc_I4_5),
        6 => Instruction.Create(OpCodes.Ldc_I4_6),
        7 => Instruction.Create(OpCodes.Ldc_I4_7),
        8 => Instruction.Create(OpCodes.Ldc_I4_8),
        >= sbyte.MinValue and <= sbyte.MaxValue => Instruction.Create(OpCodes.Ldc_I4_S, (sbyte)value),
        _ => Instruction.Create(OpCodes.Ldc_I4, value),
    });

    /// <inheritdoc/>
    public void LoadInt64(long value) => Append(Instruction.Create(OpCodes.Ldc_I8, value));

    /// <inheritdoc/>
    public void Branch(EmitCode code, CodeLabel target) => Jump(CecilOperationCodes.Of(code), [target]);

    /// <inheritdoc/>
    public void Switch(ReadOnlySpan<CodeLabel> targets) => Jump(OpCodes.Switch, targets.ToArray());

    /// <inheritdoc/>
    public void Call(MethodInfo method) => Append(Instruction.Create(OpCodes.Call, _references.Method(method)));

    /// <inheritdoc/>
    public void TailCallRegion()
    {
        Append(Instruction.Create(OpCodes.Tail));
        Append(Instruction.Create(OpCodes.Calli, _regionCall));
        Append(Instruction.Create(OpCodes.Ret));
    }

    /// <summary>Leads all jumps to their labels. To be called once, when the method is complete.</summary>
    /// <exception cref="InvalidOperationException">A label was not marked, or has no instruction after it.</exception>
    public void Complete()
    {
        foreach (var (instruction, labels) in _jumps)
        {
            instruction.Operand = instruction.OpCode == OpCodes.Switch
                ? Array.ConvertAll(labels, TargetOf)
                : TargetOf(labels[0]);
        }
    }

    private Instruction TargetOf(CodeLabel label) =>
        _targets[label.Number] ?? throw new InvalidOperationException($"Label {label.Number} is at no instruction.");

    private void Jump(OpCode code, CodeLabel[] labels)
    {
        // Where it leads is set in the end: most labels are not placed yet.
        var instruction = code == OpCodes.Switch
            ? Instruction.Create(code, new Instruction[labels.Length])
            : Instruction.Create(code, Instruction.Create(OpCodes.Nop));
        _jumps.Add((instruction, labels));
        Append(instruction);
    }

    private void Append(Instruction instruction)
    {
        foreach (var label in _marked)
        {
            _targets[label.Number] = instruction;
        }

        _marked.Clear();
        _body.Instructions.Add(instruction);
    }
}

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Pvm2.IlJit.Aot;

/// <summary>Builds the methods by which the runtime finds those of the regions.</summary>
/// <param name="references">What the assembly refers to.</param>
internal sealed class MethodTable(AssemblyReferences references)
{
    /// <summary>
    /// Makes the method <c>void (nint* methods)</c>, which writes where the regions of one gas model are, or 0 for a
    /// region without a method.
    /// </summary>
    public MethodDefinition OfRegions(IReadOnlyList<MethodDefinition?> regions)
    {
        var method = Create(typeof(nint*));
        var code = method.Body.GetILProcessor();
        for (var region = 0; region < regions.Count; region++)
        {
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldc_I4, region);
            code.Emit(OpCodes.Conv_I);
            code.Emit(OpCodes.Sizeof, references.Type(typeof(nint)));
            code.Emit(OpCodes.Mul);
            code.Emit(OpCodes.Add);
            if (regions[region] is { } target)
            {
                code.Emit(OpCodes.Ldftn, target);
            }
            else
            {
                code.Emit(OpCodes.Ldc_I4_0);
                code.Emit(OpCodes.Conv_I);
            }

            code.Emit(OpCodes.Stind_I);
        }

        code.Emit(OpCodes.Ret);
        return method;
    }

    /// <summary>Makes the method <c>void (int index, nint* methods)</c>, which calls one of several of that kind.</summary>
    public MethodDefinition OfModels(IReadOnlyList<MethodDefinition> models)
    {
        var method = Create(typeof(int), typeof(nint*));
        var code = method.Body.GetILProcessor();
        for (var index = 0; index < models.Count; index++)
        {
            var next = Instruction.Create(OpCodes.Nop);
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldc_I4, index);
            code.Emit(OpCodes.Bne_Un, next);
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Call, models[index]);
            code.Append(next);
        }

        code.Emit(OpCodes.Ret);
        return method;
    }

    private MethodDefinition Create(params Type[] parameters)
    {
        var method = new MethodDefinition(
            "GetMethods", MethodAttributes.Assembly | MethodAttributes.Static, references.Type(typeof(void)));
        foreach (var parameter in parameters)
        {
            method.Parameters.Add(new ParameterDefinition(references.Type(parameter)));
        }

        method.Body.InitLocals = false;
        return method;
    }
}

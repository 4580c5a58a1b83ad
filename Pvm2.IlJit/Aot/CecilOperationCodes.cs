using System.Reflection;
using Mono.Cecil.Cil;

namespace Pvm2.IlJit.Aot;

/// <summary>The operation codes of Mono.Cecil, found by those of System.Reflection.Emit: both have the values of ECMA-335.</summary>
internal static class CecilOperationCodes
{
    private static readonly Dictionary<short, OpCode> ByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>Finds an operation code.</summary>
    public static OpCode Of(System.Reflection.Emit.OpCode code) => ByValue[code.Value];
}

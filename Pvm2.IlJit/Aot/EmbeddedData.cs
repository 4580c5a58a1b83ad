using Mono.Cecil;

namespace Pvm2.IlJit.Aot;

/// <summary>Bytes that are part of an assembly's image, where code finds them without copying or searching.</summary>
/// <param name="Field">A static field, whose address is that of the bytes.</param>
/// <param name="Length">How many there are.</param>
internal readonly record struct EmbeddedData(FieldDefinition Field, int Length)
{
    /// <summary>Adds bytes to a class.</summary>
    public static EmbeddedData Add(TypeDefinition type, AssemblyReferences references, byte[] bytes)
    {
        var shape = new TypeDefinition(
            string.Empty,
            "Data",
            TypeAttributes.NestedPrivate | TypeAttributes.ExplicitLayout | TypeAttributes.Sealed,
            references.Type(typeof(ValueType)))
        {
            ClassSize = bytes.Length,
            PackingSize = 1,
        };
        type.NestedTypes.Add(shape);
        var field = new FieldDefinition(
            "description", FieldAttributes.Private | FieldAttributes.Static | FieldAttributes.InitOnly, shape)
        {
            InitialValue = bytes,
        };
        type.Fields.Add(field);
        return new EmbeddedData(field, bytes.Length);
    }
}

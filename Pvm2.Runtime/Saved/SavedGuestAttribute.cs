namespace Pvm2.Runtime.Saved;

/// <summary>Marks an assembly as a saved guest, so that a loader can tell before it runs any of its code.</summary>
/// <param name="abiVersion">The <see cref="Portable.PortableAbi.Version"/> that it was compiled for.</param>
/// <param name="programHash">The hash of its program, 64 hexadecimal digits.</param>
/// <param name="typeName">Full name of the class that stands for the guest.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class SavedGuestAttribute(int abiVersion, string programHash, string typeName) : Attribute
{
    /// <summary>The <see cref="Portable.PortableAbi.Version"/> that the assembly was compiled for.</summary>
    public int AbiVersion => abiVersion;

    /// <summary>The hash of the program, 64 hexadecimal digits.</summary>
    public string ProgramHash => programHash;

    /// <summary>Full name of the class that stands for the guest.</summary>
    public string TypeName => typeName;
}

namespace Pvm2.Runtime.Diagnostics;

/// <summary>What a tier turns guest code into.</summary>
public enum CodeForm
{
    /// <summary>The tier does not tell.</summary>
    Unknown,

    /// <summary>Slots of the interpreter.</summary>
    Operations,

    /// <summary>IL, of which .NET makes machine code whose size it does not tell.</summary>
    IntermediateLanguage,

    /// <summary>Methods of an assembly that was compiled earlier.</summary>
    SavedMethods,

    /// <summary>Machine code.</summary>
    MachineCode,
}

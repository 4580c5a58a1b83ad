namespace Pvm2.Linker.Lowering;

/// <summary>What is still missing in an instruction until the places of all others are known.</summary>
internal enum Fixup : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The distance of a conditional branch.</summary>
    Branch,

    /// <summary>The distance of a direct jump.</summary>
    Jump,

    /// <summary>The high part of the address of code (xjar).</summary>
    CodeHigh,

    /// <summary>The low part of the address of code (xjar).</summary>
    CodeLow,
}

namespace Pvm2.Runtime.Isa;

/// <summary>Why bytes are no instruction of a profile.</summary>
public enum IllegalReason : byte
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>The end of the code cuts the encoding off.</summary>
    Truncated,

    /// <summary>The all-zero halfword, which is defined to be illegal.</summary>
    AllZero,

    /// <summary>An encoding longer than 32 bits.</summary>
    TooLong,

    /// <summary>Names a register that RV64E does not have: x16 to x31.</summary>
    RegisterBeyondE,

    /// <summary>Names x3 or x4, which the static profile forbids.</summary>
    GlobalOrThreadPointer,

    /// <summary>A legal RISC-V or PVM2 instruction that this profile does not allow.</summary>
    ForbiddenInProfile,

    /// <summary>A floating-point instruction.</summary>
    FloatingPoint,

    /// <summary>An atomic memory operation.</summary>
    Atomic,

    /// <summary>A vector instruction.</summary>
    Vector,

    /// <summary>A control and status register access or a privileged instruction.</summary>
    System,

    /// <summary>An encoding that nothing above names: reserved or of an extension that PVM2 does not have.</summary>
    Reserved,
}

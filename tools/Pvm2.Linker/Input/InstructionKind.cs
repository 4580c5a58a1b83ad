namespace Pvm2.Linker.Input;

/// <summary>What the linker makes of an instruction of the ELF.</summary>
internal enum InstructionKind : byte
{
    /// <summary>It is copied.</summary>
    Plain,

    /// <summary>It leaves no trace: padding, or the first half of a pair that becomes one instruction.</summary>
    Removed,

    /// <summary>A compiler's trap.</summary>
    Trap,

    /// <summary>The bytes are no instruction; an error where control can reach them.</summary>
    Illegal,

    /// <summary>An <c>auipc</c> whose purpose is not known; an error where control can reach it.</summary>
    UnresolvedAddress,

    /// <summary>A branch or jump to where no instruction starts; an error where control can reach it.</summary>
    BadTarget,

    /// <summary>A conditional branch.</summary>
    Branch,

    /// <summary>A direct jump, or a direct call where it links.</summary>
    Jump,

    /// <summary>A jump or call through a register (<c>jalr</c>).</summary>
    IndirectJump,

    /// <summary>A jump through a register that was found to be a return.</summary>
    Return,

    /// <summary>Loads the high part of an address (<c>auipc</c> or <c>lui</c>).</summary>
    AddressHigh,

    /// <summary>As before, and the load that follows reads the address out of the global offset table.</summary>
    TableAddressHigh,

    /// <summary>Adds the low part of an address.</summary>
    AddressLow,
}

namespace Pvm2.Runtime.Isa;

/// <summary>Properties of an opcode that the decoder, validator, gas model and tiers ask for.</summary>
[Flags]
public enum InstructionTraits : byte
{
    /// <summary>None of the below.</summary>
    None = 0,

    /// <summary>Ends its basic block: the next instruction starts one.</summary>
    Terminator = 1,

    /// <summary>Rejected at load in the <see cref="Profile.Static"/> profile.</summary>
    ForbiddenInStatic = 2,

    /// <summary>Illegal in the <see cref="Profile.Xjar"/> profile.</summary>
    IllegalInXjar = 4,

    /// <summary>In <see cref="Profile.Xjar"/> it also starts a block, so that it stands alone in it.</summary>
    StartsBlockInXjar = 8,
}

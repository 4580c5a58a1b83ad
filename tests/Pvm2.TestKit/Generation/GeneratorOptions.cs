using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.Generation;

/// <summary>What a random program may contain.</summary>
public sealed record GeneratorOptions
{
    /// <summary>The profile in which every instruction must be legal.</summary>
    public Profile Profile { get; init; } = Profile.Xjar;

    /// <summary>Registers that may be named; x0 among them.</summary>
    public RegisterSet Registers { get; init; } = RegisterSet.All;

    /// <summary>Whether an instruction may put an address of code into a register.</summary>
    public bool CodeAddresses { get; init; } = true;

    /// <summary>Opcodes that may not occur, such as those that an emulator lacks.</summary>
    public IReadOnlyList<Opcode> Excluded { get; init; } = [];

    /// <summary>Whether custom-0 instructions that let the run go on may occur: fallthrough, ecalli, br_table.</summary>
    public bool Custom { get; init; } = true;

    /// <summary>The register that the host may change in a host call; no loop and no return depends on it.</summary>
    public int HostRegister { get; init; } = 10;

    /// <summary>The fewest instructions that a program is made of, roughly.</summary>
    public int MinInstructions { get; init; } = 20;

    /// <summary>The most instructions that a program is made of, roughly.</summary>
    public int MaxInstructions { get; init; } = 400;

    /// <summary>How many accesses out of a thousand go where their register happens to point, which often faults.</summary>
    public int WildAccessesPerThousand { get; init; }

    /// <summary>How many nodes out of a thousand are branches to the end.</summary>
    public int EscapesPerThousand { get; init; } = 16;

    /// <summary>How many steps out of a thousand are traps.</summary>
    public int TrapsPerThousand { get; init; }

    /// <summary>How many steps out of a thousand are instructions that a compiler may make one of; see <see cref="PairGenerator"/>.</summary>
    public int PairsPerThousand { get; init; }

    /// <summary>How many nodes out of a thousand are loops that walk through memory; see <see cref="MarchNode"/>.</summary>
    public int MarchesPerThousand { get; init; }

    /// <summary>Bytes below the base register that loads and stores may touch.</summary>
    public int ScratchBelow { get; init; } = 128;

    /// <summary>Bytes from the base register on that loads and stores may touch.</summary>
    public int ScratchAbove { get; init; } = 384;
}

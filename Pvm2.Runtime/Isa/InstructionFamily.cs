namespace Pvm2.Runtime.Isa;

/// <summary>The group an opcode belongs to. Tiers split their lowering along these lines.</summary>
public enum InstructionFamily : byte
{
    /// <summary>No instruction.</summary>
    Illegal,

    /// <summary>Reads memory into a register.</summary>
    Load,

    /// <summary>Writes a register to memory.</summary>
    Store,

    /// <summary>Arithmetic, logic, shifts and bit manipulation between registers and immediates.</summary>
    Arithmetic,

    /// <summary>Multiplication and division.</summary>
    MultiplyDivide,

    /// <summary>A conditional branch to a fixed target.</summary>
    Branch,

    /// <summary>An unconditional jump to a fixed target (<c>jal</c>).</summary>
    Jump,

    /// <summary>A jump whose target is computed (<c>jalr</c>, <c>br_table</c>).</summary>
    IndirectJump,

    /// <summary>A call to the host (<c>ecalli</c>, <c>ecall.jar</c>).</summary>
    HostCall,

    /// <summary>Ends the run (<c>trap</c>, <c>ecall</c>, <c>ebreak</c>).</summary>
    Trap,

    /// <summary>Does nothing but retire (<c>fallthrough</c>, <c>fence</c>, <c>fence.i</c>).</summary>
    NoOperation,
}

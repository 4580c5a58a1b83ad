namespace Pvm2.Runtime.Isa;

/// <summary>
/// The two public revisions of PVM2. They share the decoder, the integer semantics, the gas model and the
/// host interface; they differ in control flow and in what an address of code is.
/// </summary>
public enum Profile : byte
{
    /// <summary>
    /// The announced revision and the default: a program counter is an opaque offset into code that no data
    /// access can see, x3 and x4 are forbidden, and <c>br_table</c> is the only indirect jump.
    /// </summary>
    Static = 0,

    /// <summary>
    /// The revision after it: code lies readable in the address space, <c>jalr</c> and <c>auipc</c> are standard,
    /// and x3 and x4 are ordinary registers that cost extra gas.
    /// </summary>
    Xjar = 1,
}

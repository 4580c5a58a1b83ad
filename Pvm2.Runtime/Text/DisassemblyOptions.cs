using Pvm2.Runtime.Gas;

namespace Pvm2.Runtime.Text;

/// <summary>How instructions and programs are written as text.</summary>
public sealed record DisassemblyOptions
{
    /// <summary>
    /// Whether pseudo-instructions such as <c>mv</c> and <c>beqz</c> stand where they fit; otherwise every
    /// instruction has the mnemonic of its encoding.
    /// </summary>
    public bool UseAliases { get; init; } = true;

    /// <summary>
    /// Whether 2-byte instructions are written as such (<c>c.addi a0, 1</c>); otherwise as what they expand to.
    /// Only with this on does a listing assemble back to the program that it was made of.
    /// </summary>
    public bool ShowCompressed { get; init; } = true;

    /// <summary>Whether a comment after each instruction of a listing has its program counter and its bytes.</summary>
    public bool ShowEncodings { get; init; } = true;

    /// <summary>
    /// What a listing says after the instruction at an offset into the code, in comments of a line each; nothing by
    /// default.
    /// </summary>
    public Func<uint, IEnumerable<string>> NotesAfter { get; init; } = static _ => [];

    /// <summary>The model that the gas at each block start of a listing is of; with none, no gas is shown.</summary>
    public GasModel GasModel { get; init; } = GasModel.Pipeline;
}

using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>What to write instead of an instruction that a profile does not have.</summary>
internal static class ProfileAdvice
{
    /// <summary>The whole message.</summary>
    /// <param name="name">The mnemonic that was written.</param>
    /// <param name="opcode">What it would be.</param>
    internal static string Describe(string name, Opcode opcode) => opcode switch
    {
        Opcode.Jalr when name is "ret" or "call" or "jal" => StaticCall(name),
        Opcode.Jalr => $"The static profile has no {name}: list the targets in a .table and jump with br_table.",
        Opcode.Auipc => $"The static profile has no {name}: a program counter is no address in it. Load data with la.",
        Opcode.Ecall => $"The static profile has no {name}: host calls are ecalli and ecall.jar.",
        Opcode.Ebreak => $"The static profile has no {name}: trap ends a run.",
        _ => $"The xjar profile has no {name}: jump with jalr.",
    };

    /// <summary>How calls and returns are written in the static profile.</summary>
    internal static string StaticCall(string name) =>
        $"The static profile has no {name}: to call, load the handle of the return point (li ra, 2*i+1, where i is its "
        + "place in a .table) and jump; to return, br_table through that table with ra.";
}

using System.Collections.Frozen;

namespace Pvm2.Runtime.Isa;

/// <summary>Names of the sixteen registers of RV64E, and the numbering φ of the PVM2 host interface.</summary>
public static class RegisterNames
{
    /// <summary>Number of registers, x0 included.</summary>
    public const int Count = 16;

    private static readonly string[] Abi =
        ["zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5"];

    private static readonly FrozenDictionary<string, int> Numbers = BuildNumbers();

    /// <summary>The ABI name, such as <c>a0</c>.</summary>
    /// <param name="register">0 to 15.</param>
    public static string AbiName(int register) => Abi[register];

    /// <summary>Finds a register by its ABI name, its numeric name (<c>x10</c>) or <c>fp</c>.</summary>
    /// <returns>Whether RV64E has such a register.</returns>
    public static bool TryParse(string name, out int register) => Numbers.TryGetValue(name, out register);

    /// <summary>
    /// The register's number φ in the PVM2 host interface: 0 to 12 for x1, x2, x5 to x15; 13 and 14 for x3 and x4.
    /// </summary>
    /// <param name="register">1 to 15; x0 has no number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The register is x0 or beyond x15.</exception>
    public static int HostNumber(int register) => register switch
    {
        1 or 2 => register - 1,
        3 or 4 => register + 10,
        >= 5 and <= 15 => register - 3,
        _ => throw new ArgumentOutOfRangeException(nameof(register), register, "Registers x1 to x15 have a number."),
    };

    private static FrozenDictionary<string, int> BuildNumbers()
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal) { ["fp"] = 8 };
        for (var register = 0; register < Count; register++)
        {
            numbers.Add(Abi[register], register);
            numbers.Add($"x{register}", register);
        }

        return numbers.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

namespace Pvm2.TestKit.Generation;

/// <summary>A set of registers x0 to x15, as bits.</summary>
/// <param name="Bits">Bit n stands for xn.</param>
public readonly record struct RegisterSet(uint Bits)
{
    /// <summary>All registers of the xjar profile, x0 included.</summary>
    public static RegisterSet All { get; } = new(0xFFFF);

    /// <summary>All registers of the static profile: without x3 and x4.</summary>
    public static RegisterSet WithoutGlobalAndThreadPointer { get; } = new(0xFFE7);

    /// <summary>Whether the register is in the set.</summary>
    public bool Contains(int register) => ((Bits >> register) & 1) != 0;

    /// <summary>The set with one more register.</summary>
    public RegisterSet With(int register) => new(Bits | (1u << register));

    /// <summary>The set with one register fewer.</summary>
    public RegisterSet Without(int register) => new(Bits & ~(1u << register));

    /// <summary>A member other than x0; the set must have one.</summary>
    public int Pick(Prng random)
    {
        while (true)
        {
            var register = random.Between(1, 15);
            if (Contains(register))
            {
                return register;
            }
        }
    }
}

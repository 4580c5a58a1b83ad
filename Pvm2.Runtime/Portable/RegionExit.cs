namespace Pvm2.Runtime.Portable;

/// <summary>
/// What a generated method returns, packed into 64 bits: the program counter in the low half, then eight bits of kind
/// and 24 of detail.
/// </summary>
/// <param name="Bits">The packed form.</param>
public readonly record struct RegionExit(long Bits)
{
    private const int KindShift = 32;
    private const int DetailShift = 40;

    /// <summary>Packs an exit.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="programCounter">Where, as the guest counts.</param>
    /// <param name="detail">The number of a host call, which has 12 bits; else 0.</param>
    public RegionExit(RegionExitKind kind, uint programCounter, int detail = 0)
        : this(((long)detail << DetailShift) | ((long)kind << KindShift) | programCounter)
    {
    }

    /// <summary>Why the method returned.</summary>
    public RegionExitKind Kind => (RegionExitKind)(byte)(Bits >> KindShift);

    /// <summary>Where, as the guest counts.</summary>
    public uint ProgramCounter => (uint)Bits;

    /// <summary>The number of a host call.</summary>
    public int Detail => (int)(Bits >> DetailShift);
}

namespace Pvm2.Runtime.Isa;

/// <summary>How many decode slots an instruction takes in the pipeline gas model.</summary>
public enum GasShape : byte
{
    /// <summary>The number in the row.</summary>
    Fixed,

    /// <summary>The row's number + 1 if rd is one of the sources, + 2 if not (x0 is no source).</summary>
    DestinationReused,

    /// <summary>The row's number + 2 if rd is rs1, + 3 if not.</summary>
    ShiftedInPlace,
}

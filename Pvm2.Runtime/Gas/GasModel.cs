namespace Pvm2.Runtime.Gas;

/// <summary>How a basic block gets its price.</summary>
public enum GasModel : byte
{
    /// <summary>The pipeline model of the PVM2 specification, and the default.</summary>
    Pipeline,

    /// <summary>A block costs its number of instructions.</summary>
    Flat,

    /// <summary>Nothing is charged and a run reports no gas.</summary>
    None,
}

using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Regions;

/// <summary>
/// Estimates how much IL guest code becomes, for the planning of regions. Estimates must not be negative, and each at
/// most a billion; an estimate that is too low can make a method that RyuJIT does not optimise.
/// </summary>
internal class LoweringCost
{
    private static readonly LoweringSize Block = new(6, 2);
    private static readonly LoweringSize Access = new(6, 4);
    private static readonly LoweringSize Other = new(5, 3);

    /// <summary>What a block takes besides its instructions: its charge, and the way out of it.</summary>
    internal virtual LoweringSize OfBlock => Block;

    /// <summary>What an instruction becomes, a terminator too.</summary>
    internal virtual LoweringSize OfInstruction(in Instruction instruction) =>
        instruction.Family is InstructionFamily.Load or InstructionFamily.Store ? Access : Other;

    /// <summary>What a <c>br_table</c> takes besides, if it jumps within its region.</summary>
    /// <remarks>A <c>switch</c> is one instruction, but takes four bytes a target, and bytes are limited too.</remarks>
    /// <param name="targets">Entries of its table, at most <see cref="RegionLimits.MaxSwitchTargets"/>.</param>
    internal virtual LoweringSize OfSwitch(int targets) => new(targets, 0);
}

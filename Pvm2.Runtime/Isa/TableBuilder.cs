namespace Pvm2.Runtime.Isa;

/// <summary>Collects the rows of <see cref="InstructionTable"/> and names what many of them share.</summary>
internal sealed class TableBuilder
{
    internal const InstructionTraits IndirectCall = InstructionTraits.Terminator | InstructionTraits.ForbiddenInStatic;
    internal const InstructionTraits TableJump = InstructionTraits.Terminator | InstructionTraits.IllegalInXjar;
    internal const InstructionTraits HostCall = InstructionTraits.Terminator | InstructionTraits.StartsBlockInXjar;

    internal static readonly GasRow Load = new(GasRow.MemoryLatency, GasShape.Fixed, 1, HasDestination: true);
    internal static readonly GasRow Store = new(GasRow.MemoryLatency, GasShape.Fixed, 1, HasDestination: false);

    private readonly List<InstructionDescriptor> _rows = [];

    internal TableBuilder()
    {
        // An illegal encoding ends its block and costs what a trap costs.
        _rows.Add(new InstructionDescriptor(
            0, "illegal", string.Empty, OperandFormat.None, OperandConstraint.None, Opcode.Illegal,
            InstructionFamily.Illegal, InstructionTraits.Terminator, NoResult(2, 1)));
    }

    internal static GasRow Fixed(byte latency, byte slots) => new(latency, GasShape.Fixed, slots, HasDestination: true);

    internal static GasRow NoResult(byte latency, byte slots) => new(latency, GasShape.Fixed, slots, HasDestination: false);

    internal static GasRow Reused(byte latency, byte more) => new(latency, GasShape.DestinationReused, more, HasDestination: true);

    internal static GasRow InPlace(byte latency, byte more) => new(latency, GasShape.ShiftedInPlace, more, HasDestination: true);

    internal void Base(
        string mnemonic,
        string pattern,
        OperandFormat format,
        Opcode opcode,
        InstructionFamily family,
        InstructionTraits traits,
        GasRow gas)
    {
        if (_rows.Count != (int)opcode)
        {
            throw new InvalidOperationException($"Row {_rows.Count} ('{mnemonic}') must be that of opcode {opcode}.");
        }

        _rows.Add(new InstructionDescriptor(
            (byte)opcode, mnemonic, pattern, format, OperandConstraint.None, opcode, family, traits, gas));
    }

    internal void Compressed(
        string mnemonic,
        string pattern,
        OperandFormat format,
        Opcode expansion,
        OperandConstraint constraint = OperandConstraint.None)
    {
        var operation = _rows[(int)expansion];
        _rows.Add(new InstructionDescriptor(
            (byte)_rows.Count, mnemonic, pattern, format, constraint, expansion, operation.Family, operation.Traits, operation.Gas));
    }

    internal InstructionDescriptor[] ToArray() => [.. _rows];
}

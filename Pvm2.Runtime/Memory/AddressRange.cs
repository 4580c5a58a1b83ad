namespace Pvm2.Runtime.Memory;

/// <summary>A run of guest addresses.</summary>
/// <param name="Start">First address.</param>
/// <param name="End">The address after the last one, which may be 2^32.</param>
public readonly record struct AddressRange(uint Start, ulong End)
{
    /// <summary>Number of bytes.</summary>
    public ulong Length => End - Start;

    /// <summary>Whether an address lies in the range.</summary>
    public bool Contains(uint address) => address >= Start && address < End;
}

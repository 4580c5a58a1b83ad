namespace Pvm2.Native.X64;

/// <summary>Widths and extensions of a load from guest memory, in the order of the guest's opcodes.</summary>
internal enum LoadKind : byte
{
    Signed8,
    Signed16,
    Signed32,
    Bits64,
    Unsigned8,
    Unsigned16,
    Unsigned32,
}

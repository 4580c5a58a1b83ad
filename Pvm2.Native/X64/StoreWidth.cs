namespace Pvm2.Native.X64;

/// <summary>Widths of a store to guest memory, as the binary logarithm of their bytes.</summary>
internal enum StoreWidth : byte
{
    Byte = 0,
    Half = 1,
    Word = 2,
    Double = 3,
}

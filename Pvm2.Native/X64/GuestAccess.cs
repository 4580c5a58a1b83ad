namespace Pvm2.Native.X64;

/// <summary>Widths and extensions of loads from and stores to guest memory, in the order of the guest's opcodes.</summary>
internal enum GuestAccess : byte
{
    LoadSigned8,
    LoadSigned16,
    LoadSigned32,
    Load64,
    LoadUnsigned8,
    LoadUnsigned16,
    LoadUnsigned32,
    StoreByte,
    StoreHalf,
    StoreWord,
    StoreDouble,
}

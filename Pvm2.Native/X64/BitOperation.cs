namespace Pvm2.Native.X64;

/// <summary>The bit test group, numbered as its opcode extension.</summary>
internal enum BitOperation : byte
{
    Test = 4,
    Set = 5,
    Reset = 6,
    Complement = 7,
}

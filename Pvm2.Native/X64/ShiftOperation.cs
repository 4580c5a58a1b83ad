namespace Pvm2.Native.X64;

/// <summary>The shift group, numbered as its opcode extension.</summary>
internal enum ShiftOperation : byte
{
    RotateLeft = 0,
    RotateRight = 1,
    Left = 4,
    RightLogical = 5,
    RightArithmetic = 7,
}

namespace Pvm2.Native.X64;

/// <summary>The two-operand arithmetic group, numbered as its opcode extension.</summary>
internal enum AluOperation : byte
{
    Add = 0,
    Or = 1,

    /// <summary>Adds the carry flag too.</summary>
    AddCarry = 2,

    /// <summary>Subtracts the carry flag too.</summary>
    SubtractBorrow = 3,

    And = 4,
    Sub = 5,
    Xor = 6,
    Compare = 7,
}

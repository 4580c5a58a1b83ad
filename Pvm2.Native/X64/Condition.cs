namespace Pvm2.Native.X64;

/// <summary>Conditions of jumps, moves and sets, numbered as they are encoded; flipping the lowest bit negates one.</summary>
internal enum Condition : byte
{
    /// <summary>Carry: unsigned less.</summary>
    Below = 2,

    /// <summary>No carry: unsigned greater or equal.</summary>
    AboveOrEqual = 3,

    /// <summary>Zero.</summary>
    Equal = 4,

    /// <summary>Not zero.</summary>
    NotEqual = 5,

    /// <summary>Unsigned greater.</summary>
    Above = 7,

    /// <summary>Sign set.</summary>
    Negative = 8,

    /// <summary>Sign clear.</summary>
    NotNegative = 9,

    /// <summary>Signed less.</summary>
    Less = 12,

    /// <summary>Signed greater or equal.</summary>
    GreaterOrEqual = 13,

    /// <summary>Signed less or equal.</summary>
    LessOrEqual = 14,

    /// <summary>Signed greater.</summary>
    Greater = 15,
}

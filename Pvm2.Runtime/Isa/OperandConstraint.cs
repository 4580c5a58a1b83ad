namespace Pvm2.Runtime.Isa;

/// <summary>What an encoding's operands must be besides fitting their fields; otherwise it is reserved.</summary>
public enum OperandConstraint : byte
{
    /// <summary>Nothing more.</summary>
    None,

    /// <summary>The immediate must not be zero.</summary>
    NonZeroImmediate,

    /// <summary>The destination must not be x0.</summary>
    NonZeroDestination,

    /// <summary>The first source must not be x0.</summary>
    NonZeroSource,
}

namespace Pvm2.Runtime.Text.Syntax;

/// <summary>What stands at an operand's place in the text of an instruction.</summary>
internal enum OperandKind : byte
{
    /// <summary>The destination register.</summary>
    Rd,

    /// <summary>The first source register.</summary>
    Rs1,

    /// <summary>The second source register.</summary>
    Rs2,

    /// <summary>A number: an immediate, a shift amount or a selector.</summary>
    Immediate,

    /// <summary>A number that may be left out where it is zero: the immediate of the hint <c>c.nop</c>.</summary>
    OptionalImmediate,

    /// <summary>Bits 31 to 12 of the immediate as a number of 20 bits.</summary>
    Upper,

    /// <summary>The immediate and, in parentheses, the first source register.</summary>
    Memory,

    /// <summary>A label, or the displacement to it as a number.</summary>
    Target,

    /// <summary>A jump table, by name or number.</summary>
    Table,

    /// <summary>What a fence orders before it: letters of <c>iorw</c>.</summary>
    Predecessor,

    /// <summary>What a fence orders after it.</summary>
    Successor,
}

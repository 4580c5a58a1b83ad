namespace Pvm2.Native.X64;

/// <summary>The one-operand group (F7), numbered as its opcode extension.</summary>
internal enum UnaryOperation : byte
{
    Not = 2,
    Negate = 3,

    /// <summary>rdx:rax = rax · operand, unsigned.</summary>
    Multiply = 4,

    /// <summary>rdx:rax = rax · operand, signed.</summary>
    MultiplySigned = 5,

    /// <summary>rax, rdx = quotient and remainder of rdx:rax by operand, unsigned.</summary>
    Divide = 6,

    /// <summary>rax, rdx = quotient and remainder of rdx:rax by operand, signed.</summary>
    DivideSigned = 7,
}

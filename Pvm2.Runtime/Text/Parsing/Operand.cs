namespace Pvm2.Runtime.Text.Parsing;

/// <summary>An operand of an instruction as it was written.</summary>
/// <param name="Position">Where it starts.</param>
internal abstract record Operand(SourcePosition Position);

/// <summary>A register. Where a label is expected, its name is one.</summary>
internal sealed record RegisterOperand(SourcePosition Position, int Number, string Name) : Operand(Position);

/// <summary>A number, a label, a table or the set of a fence.</summary>
internal sealed record ValueOperand(SourcePosition Position, Expression Value) : Operand(Position);

/// <summary>An offset with a base register in parentheses.</summary>
internal sealed record MemoryOperand(SourcePosition Position, Expression Offset, RegisterOperand Base) : Operand(Position);

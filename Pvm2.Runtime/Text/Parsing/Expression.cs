namespace Pvm2.Runtime.Text.Parsing;

/// <summary>An arithmetic expression over numbers and symbols, as it was written.</summary>
/// <param name="Position">Where it starts, or for an operator where that stands.</param>
internal abstract record Expression(SourcePosition Position);

/// <summary>A number.</summary>
internal sealed record NumberExpression(SourcePosition Position, long Value) : Expression(Position);

/// <summary>A symbol, looked up when the expression is evaluated.</summary>
internal sealed record NameExpression(SourcePosition Position, string Name) : Expression(Position);

/// <summary>A place that has no name of its own: <c>.</c> or a numeric local label.</summary>
internal sealed record PlaceExpression(SourcePosition Position, Symbol Symbol) : Expression(Position);

/// <summary>An operator before its operand: <c>-</c>, <c>~</c> or <c>+</c>.</summary>
internal sealed record UnaryExpression(SourcePosition Position, string Operator, Expression Operand) : Expression(Position);

/// <summary>An operator between its operands.</summary>
internal sealed record BinaryExpression(SourcePosition Position, string Operator, Expression Left, Expression Right)
    : Expression(Position);

/// <summary>A part of an address, such as <c>%hi(table)</c>.</summary>
/// <param name="Position">Where it starts.</param>
/// <param name="Function">The name after the percent sign.</param>
/// <param name="Operand">What it is applied to.</param>
internal sealed record AddressPartExpression(SourcePosition Position, string Function, Expression Operand)
    : Expression(Position);

namespace Pvm2.Runtime.Text.Syntax;

/// <summary>What a <see cref="TemplateOperand"/> is.</summary>
internal enum TemplateKind : byte
{
    /// <summary>Stands for an argument.</summary>
    Parameter,

    /// <summary>A fixed register.</summary>
    Register,

    /// <summary>A fixed number.</summary>
    Number,

    /// <summary>A fixed word: the set of a fence.</summary>
    Word,

    /// <summary>An offset and a base register, each of the above.</summary>
    Memory,
}

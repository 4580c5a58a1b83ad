namespace Pvm2.Runtime.Text.Layout;

/// <summary>What a constant that is loaded into a register is.</summary>
internal enum ConstantKind : byte
{
    /// <summary>Any number: <c>li</c>.</summary>
    Number,

    /// <summary>An address: <c>la</c>, which takes <c>lui</c> and <c>addi</c>, cheaper than <c>addiw</c>.</summary>
    Address,
}

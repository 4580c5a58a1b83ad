using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Text.Syntax;

/// <summary>Finds rows of <see cref="InstructionTable"/> by mnemonic.</summary>
internal static class Mnemonics
{
    private static readonly FrozenDictionary<string, InstructionDescriptor> Rows =
        InstructionTable.Rows[1..].ToArray().ToFrozenDictionary(row => row.Mnemonic, StringComparer.Ordinal);

    internal static bool TryFind(string mnemonic, [NotNullWhen(true)] out InstructionDescriptor? row) =>
        Rows.TryGetValue(mnemonic, out row);
}

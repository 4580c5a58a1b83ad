using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>An instruction as it was written, pseudo-instructions replaced by what they stand for.</summary>
/// <param name="Position">Where the mnemonic stands.</param>
/// <param name="Name">The mnemonic that was written, for messages.</param>
/// <param name="Row">The encoding.</param>
/// <param name="Operands">The operands in the order of the row's syntax.</param>
/// <param name="MayCompress">Whether its 2-byte form, if it has one, may be taken.</param>
internal sealed record InstructionText(
    SourcePosition Position,
    string Name,
    InstructionDescriptor Row,
    IReadOnlyList<Operand> Operands,
    bool MayCompress);

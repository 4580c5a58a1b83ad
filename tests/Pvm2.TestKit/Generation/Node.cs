using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.Generation;

/// <summary>
/// A piece of a random program that can be taken out without breaking the rest, which is what lets a failing program
/// be made smaller. Control flow is structured, so that every run ends.
/// </summary>
public abstract record Node;

/// <summary>Instructions in a row that belong together, such as forming an address and using it.</summary>
/// <param name="Instructions">None of them jumps.</param>
public sealed record StepNode(IReadOnlyList<Instruction> Instructions) : Node;

/// <summary>A conditional branch around a body.</summary>
/// <param name="Branch">The branch, without its displacement.</param>
/// <param name="Body">What it skips when taken.</param>
/// <param name="Close">
/// A branch to the very next instruction, whichever way it goes: it ends the body's block, so that the skip lands on a
/// block start.
/// </param>
/// <param name="Compress">Whether the branches may be 2 bytes.</param>
public sealed record SkipNode(Instruction Branch, IReadOnlyList<Node> Body, Instruction Close, bool Compress) : Node;

/// <summary>A body that runs a fixed number of times.</summary>
/// <param name="Counter">The register that counts down; nothing in the body writes it.</param>
/// <param name="Count">How often, at least once.</param>
/// <param name="Body">What runs.</param>
/// <param name="Compress">Whether the branch may be 2 bytes.</param>
public sealed record LoopNode(int Counter, int Count, IReadOnlyList<Node> Body, bool Compress) : Node;

/// <summary>
/// A loop around an access whose address moves on each time. It ends by its counter, or when the access faults.
/// </summary>
/// <param name="Setup">What comes before: the first address, the counter.</param>
/// <param name="Before">What runs before the access; it leaves the pointer and the counter alone, as does the next.</param>
/// <param name="Access">The access.</param>
/// <param name="After">What runs after it.</param>
/// <param name="Tail">What moves the pointer, counts, and compares.</param>
/// <param name="Branch">The jump or branch back, without its displacement.</param>
/// <param name="Compress">Whether it may be 2 bytes.</param>
public sealed record MarchNode(
    IReadOnlyList<Instruction> Setup,
    IReadOnlyList<Node> Before,
    Instruction Access,
    IReadOnlyList<Node> After,
    IReadOnlyList<Instruction> Tail,
    Instruction Branch,
    bool Compress) : Node;

/// <summary>A jump over instructions that never run.</summary>
/// <param name="Kind">How the target is found.</param>
/// <param name="Link">The register that gets the return address, x0 for none.</param>
/// <param name="Scratch">The register that holds the target of an indirect jump.</param>
/// <param name="Low">Added to the offset of a <c>jalr</c>; 0 or 1, for its lowest bit does not count.</param>
/// <param name="Island">What is jumped over.</param>
/// <param name="Compress">Whether the jump may be 2 bytes.</param>
public sealed record JumpNode(JumpKind Kind, int Link, int Scratch, int Low, IReadOnlyList<Node> Island, bool Compress) : Node;

/// <summary>A call of a body that returns through its link register (xjar).</summary>
/// <param name="Link">The register with the return address; nothing in the body writes it.</param>
/// <param name="Body">The function.</param>
/// <param name="Compress">Whether the jumps may be 2 bytes.</param>
public sealed record CallNode(int Link, IReadOnlyList<Node> Body, bool Compress) : Node;

/// <summary>A <c>br_table</c> that goes to one of several bodies, or past them all (static).</summary>
/// <param name="Index">The register that chooses.</param>
/// <param name="Bodies">One a table entry; each ends by jumping past the last.</param>
public sealed record ChooseNode(int Index, IReadOnlyList<IReadOnlyList<Node>> Bodies) : Node;

/// <summary>A conditional branch to the end of the program.</summary>
/// <param name="Branch">The branch, without its displacement.</param>
public sealed record EscapeNode(Instruction Branch) : Node;

/// <summary>How a <see cref="JumpNode"/> finds its target.</summary>
public enum JumpKind
{
    /// <summary><c>jal</c>.</summary>
    Direct,

    /// <summary><c>auipc</c> and <c>jalr</c> with an offset.</summary>
    Indirect,

    /// <summary><c>auipc</c>, <c>addi</c> and <c>jalr</c> with offset 0, which has a 2-byte form.</summary>
    IndirectPlain,
}

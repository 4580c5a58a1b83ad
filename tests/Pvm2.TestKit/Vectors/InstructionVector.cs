using Pvm2.Runtime.Isa;
using Pvm2.TestKit.States;

namespace Pvm2.TestKit.Vectors;

/// <summary>One line of a vector file: an instruction, the state before it and what it does to it.</summary>
/// <param name="Place">File and line.</param>
/// <param name="Instruction">The instruction in assembly syntax.</param>
/// <param name="Profiles">The profiles in which it runs.</param>
/// <param name="Before">Registers and memory that matter.</param>
/// <param name="After">Registers and memory that change, and where the run goes.</param>
public sealed record InstructionVector(
    string Place,
    string Instruction,
    IReadOnlyList<Profile> Profiles,
    StateText Before,
    StateText After);

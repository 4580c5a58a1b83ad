using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Diagnostics;

/// <summary>
/// Finds the calls of a program that name their target: <c>jal</c> that writes ra, <c>auipc</c> and <c>jalr</c>, and in
/// <c>static</c> programs a jump right after a handle was put into ra, as the linker makes calls.
/// </summary>
internal static class DirectCalls
{
    private const int ReturnAddress = 1;

    /// <summary>Where the calls go, as offsets into the code, in the order of the calls; targets outside are left out.</summary>
    internal static List<uint> TargetsOf(GuestProgram program)
    {
        var targets = new List<uint>();
        var code = new InstructionReader(program.Code.Span, program.Profile);
        var before = default(Instruction);
        while (!code.IsAtEnd)
        {
            var offset = (uint)code.Offset;
            var instruction = code.Read();
            if (DistanceOf(instruction, before, program.Profile) is { } distance
                && unchecked(offset + (uint)distance) is var target
                && target < (uint)program.Code.Length)
            {
                targets.Add(target);
            }

            before = instruction;
        }

        return targets;
    }

    /// <summary>How far a call goes from its last instruction; null where it is none.</summary>
    private static int? DistanceOf(Instruction instruction, Instruction before, Profile profile) => instruction.Opcode switch
    {
        Opcode.Jal when instruction.Rd == ReturnAddress => instruction.Immediate,
        Opcode.Jal when instruction.Rd == 0 && SetsHandle(before, profile) => instruction.Immediate,
        Opcode.Jalr when instruction.Rd == ReturnAddress && before.Opcode == Opcode.Auipc && before.Rd == instruction.Rs1 =>
            unchecked(before.Immediate + instruction.Immediate - before.Length),
        _ => null,
    };

    private static bool SetsHandle(Instruction before, Profile profile) => profile == Profile.Static
        && before is { Opcode: Opcode.Addi or Opcode.Addiw, Rd: ReturnAddress };
}

using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Diagnostics;

/// <summary>
/// Finds the calls of a program that name their target: jumps that write ra, and in <c>static</c> programs jumps right
/// after a handle was put into ra, as the linker makes calls.
/// </summary>
internal static class DirectCalls
{
    private const int ReturnAddress = 1;

    /// <summary>Where the calls go, as offsets into the code, in the order of the calls; targets outside are left out.</summary>
    internal static List<uint> TargetsOf(GuestProgram program)
    {
        var targets = new List<uint>();
        var code = new InstructionReader(program.Code.Span, program.Profile);
        var setsReturnAddress = false;
        while (!code.IsAtEnd)
        {
            var offset = (uint)code.Offset;
            var instruction = code.Read();
            if (instruction.Opcode == Opcode.Jal
                && (instruction.Rd == ReturnAddress || (instruction.Rd == 0 && setsReturnAddress)))
            {
                var target = unchecked(offset + (uint)instruction.Immediate);
                if (target < (uint)program.Code.Length)
                {
                    targets.Add(target);
                }
            }

            setsReturnAddress = program.Profile == Profile.Static
                && instruction is { Opcode: Opcode.Addi or Opcode.Addiw, Rd: ReturnAddress };
        }

        return targets;
    }
}

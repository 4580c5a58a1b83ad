using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Lowering;

/// <summary>The groups that the accesses of a block belong to.</summary>
internal static class AccessGroups
{
    /// <summary>Bytes that an access touches.</summary>
    internal static int SizeOf(Opcode opcode) => opcode switch
    {
        Opcode.Lb or Opcode.Lbu or Opcode.Sb => 1,
        Opcode.Lh or Opcode.Lhu or Opcode.Sh => 2,
        Opcode.Lw or Opcode.Lwu or Opcode.Sw => 4,
        _ => 8,
    };

    /// <summary>Groups the accesses of a block.</summary>
    /// <returns>For each instruction its group; null for those that access no memory.</returns>
    internal static AccessGroup?[] Find(ReadOnlySpan<Instruction> instructions)
    {
        var groups = new AccessGroup?[instructions.Length];
        var current = new AccessGroup?[RegisterNames.Count];
        for (var n = 0; n < instructions.Length; n++)
        {
            var i = instructions[n];
            if (i.Family is InstructionFamily.Load or InstructionFamily.Store)
            {
                var group = current[i.Rs1] ??= new AccessGroup();
                group.Add(i.Immediate, SizeOf(i.Opcode), i.Family == InstructionFamily.Store);
                groups[n] = group;
            }

            // A register that is written starts another group; x0 keeps its value.
            if (i.Rd != 0)
            {
                current[i.Rd] = null;
            }
        }

        return groups;
    }
}

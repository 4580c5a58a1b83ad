namespace Pvm2.Runtime.Isa;

/// <summary>
/// What <see cref="InstructionTable"/> says of each opcode, as flat arrays for those who ask it of every instruction.
/// </summary>
internal static class OpcodeTable
{
    /// <summary>Families by opcode.</summary>
    internal static readonly InstructionFamily[] Families = List(row => row.Family);

    /// <summary>Traits by opcode.</summary>
    internal static readonly InstructionTraits[] Traits = List(row => row.Traits);

    private static T[] List<T>(Func<InstructionDescriptor, T> property)
    {
        var list = new T[(int)Opcode.Fallthrough + 1];
        for (var opcode = 0; opcode < list.Length; opcode++)
        {
            list[opcode] = property(InstructionTable.Rows[opcode]);
        }

        return list;
    }
}

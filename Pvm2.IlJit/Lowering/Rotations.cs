using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Lowering;

/// <summary>
/// Finds rotations whose result may be compared with zero. RyuJIT takes it that <c>ror</c> and <c>rol</c> by a constant
/// leave the zero flag as their result is, and leaves out the test right behind one. They do not touch that flag, so
/// such a comparison has any outcome (seen with .NET 10.0.12 on x86-64). It makes rotations of two shifts and an
/// <c>or</c> or <c>xor</c> as well, and it removes copies and what is not used, so a test is right behind a
/// rotation when nothing that must happen is between them.
/// </summary>
internal static class Rotations
{
    /// <summary>Whether an instruction may be a rotation whose result may be compared with zero.</summary>
    /// <param name="block">Its block.</param>
    /// <param name="index">Its place there.</param>
    /// <param name="isMetered">Whether a charge, which changes the flags, is at the start of each block.</param>
    internal static bool MayBeTested(GuestBlock block, int index, bool isMetered)
    {
        var i = block.Instructions[index];
        return i.Rd != 0 && MayRotate(block, index, isMetered) && IsTested(block, index, isMetered);
    }

    private static bool MayRotate(GuestBlock block, int index, bool isMetered)
    {
        var i = block.Instructions[index];
        return i.Opcode switch
        {
            Opcode.Rol or Opcode.Rolw or Opcode.Ror or Opcode.Rorw or Opcode.Rori or Opcode.Roriw => true,
            Opcode.Or or Opcode.Xor or Opcode.Orn or Opcode.Xnor =>
                MayBeShifted(block, index, i.Rs1, isMetered) && MayBeShifted(block, index, i.Rs2, isMetered),

            // Of the complement of a rotation this makes the rotation.
            Opcode.Xori => i.Immediate == -1 && MayBeShifted(block, index, i.Rs1, isMetered),
            _ => false,
        };
    }

    /// <summary>
    /// Whether a register may be the result of a shift, as far as RyuJIT can see from an instruction. It sees through
    /// copies in any form, double complements, and products with powers of two, so nearly everything may be.
    /// </summary>
    private static bool MayBeShifted(GuestBlock block, int index, int register, bool isMetered)
    {
        for (var n = index - 1; n >= 0 && register != 0; n--)
        {
            var i = block.Instructions[n];
            if ((RegisterSet.WrittenBy(i).Bits & (1 << register)) != 0)
            {
                return i.Family != InstructionFamily.Load
                    && i.Opcode is not (Opcode.Lui or Opcode.Slt or Opcode.Sltu or Opcode.Slti or Opcode.Sltiu);
            }
        }

        return register != 0 && !isMetered;
    }

    /// <summary>Whether the result, or what may be a copy of it, is used for more than to compute in the rest of the block.</summary>
    private static bool IsTested(GuestBlock block, int index, bool isMetered)
    {
        var copies = RegisterSet.WrittenBy(block.Instructions[index]);
        for (var n = index + 1; n < block.Instructions.Length && copies != default; n++)
        {
            var i = block.Instructions[n];
            var isRead = (RegisterSet.ReadBy(i).Bits & copies.Bits) != 0;
            var isAccess = i.Family is InstructionFamily.Load or InstructionFamily.Store;
            if (isRead && !isAccess && !OnlyComputes(i.Opcode))
            {
                return true;
            }

            // Any result of these may be the same number, such as the sum with a zero that RyuJIT knows of.
            var written = RegisterSet.WrittenBy(i);
            copies = isRead && !isAccess ? copies | written : new RegisterSet((ushort)(copies.Bits & ~written.Bits));
        }

        return copies != default && !isMetered;
    }

    private static bool OnlyComputes(Opcode opcode) => opcode is
        Opcode.Add or Opcode.Sub or Opcode.And or Opcode.Or or Opcode.Xor
        or Opcode.Addi or Opcode.Andi or Opcode.Ori or Opcode.Xori
        or Opcode.Addw or Opcode.Subw or Opcode.Addiw
        or Opcode.Slli or Opcode.Srli or Opcode.Srai or Opcode.Slliw or Opcode.Srliw or Opcode.Sraiw
        or Opcode.Andn or Opcode.Orn or Opcode.Xnor
        or Opcode.Sh1add or Opcode.Sh2add or Opcode.Sh3add or Opcode.AddUw
        or Opcode.Rori or Opcode.Roriw or Opcode.Mul or Opcode.Mulw;
}

using Pvm2.Linker.Lowering;
using Pvm2.Runtime.Isa;

namespace Pvm2.Linker.Layout;

/// <summary>The forms that a branch or jump can take, by size and reach.</summary>
/// <remarks>
/// A branch: 2 bytes (±256), 4 bytes (±4 KiB), or 8: the opposite branch around a jump (±1 MiB). A jump: 2 bytes
/// (±2 KiB), 4 bytes (±1 MiB) or, in xjar and with a register to spare, 8: auipc and jalr (±2 GiB).
/// </remarks>
internal static class TransferForm
{
    private const int ShortBranch = 1 << 8;
    private const int LongBranch = 1 << 12;
    private const int ShortJump = 1 << 11;
    private const int LongJump = 1 << 20;

    /// <summary>The size of the smallest form, not below the present one, that reaches; the largest if none does.</summary>
    public static byte SizeFor(in OutputInstruction item, int distance, Profile profile)
    {
        var smallest = item.Size;
        if (item.Fixup == Fixup.Branch)
        {
            return smallest <= 2 && IsWithin(distance, ShortBranch) ? (byte)2
                : smallest <= 4 && IsWithin(distance, LongBranch) ? (byte)4
                : (byte)8;
        }

        return smallest <= 2 && IsWithin(distance, ShortJump) ? (byte)2
            : smallest <= 4 && (IsWithin(distance, LongJump) || !CanJumpFar(item, profile)) ? (byte)4
            : (byte)8;
    }

    /// <summary>The size of the form that reaches farthest.</summary>
    public static byte LargestSize(in OutputInstruction item, Profile profile) =>
        item.Fixup == Fixup.Branch || CanJumpFar(item, profile) ? (byte)8 : (byte)4;

    /// <summary>Whether the form that an instruction has reaches its target.</summary>
    public static bool Reaches(in OutputInstruction item, int distance) => (item.Fixup, item.Size) switch
    {
        (Fixup.Branch, 2) => IsWithin(distance, ShortBranch),
        (Fixup.Branch, 4) => IsWithin(distance, LongBranch),
        (Fixup.Branch, _) => IsWithin(distance - 4, LongJump),
        (_, 2) => IsWithin(distance, ShortJump),
        (_, 4) => IsWithin(distance, LongJump),
        _ => true,
    };

    private static bool CanJumpFar(in OutputInstruction item, Profile profile) =>
        profile == Profile.Xjar && item.Instruction.Rs1 != 0;

    private static bool IsWithin(int distance, int reach) => distance >= -reach && distance < reach;
}

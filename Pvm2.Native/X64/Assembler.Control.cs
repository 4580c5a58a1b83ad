using System.Runtime.CompilerServices;

namespace Pvm2.Native.X64;

/// <content>Jumps, calls and what ends code.</content>
internal sealed unsafe partial class Assembler
{
    /// <summary>jmp rel32 to a position; before the target is known, to be patched by <see cref="Link"/>.</summary>
    /// <returns>The position of the displacement.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Jump(int target = 0)
    {
        Put(0xE9 | ((ulong)(uint)(target - Position - 5) << 8), 5);
        return Position - 4;
    }

    /// <summary>jcc rel32 to a position; before the target is known, to be patched by <see cref="Link"/>.</summary>
    /// <returns>The position of the displacement.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Jump(Condition condition, int target = 0)
    {
        Put(0x800F | ((uint)condition << 8) | ((ulong)(uint)(target - Position - 6) << 16), 6);
        return Position - 4;
    }

    /// <summary>jcc rel8 forward within one lowering, to be patched by <see cref="LinkShort"/>.</summary>
    /// <returns>The position of the displacement.</returns>
    internal int JumpShort(Condition condition)
    {
        Put(0x70 | (uint)condition, 2);
        return Position - 1;
    }

    /// <summary>jmp rel8 forward within one lowering, to be patched by <see cref="LinkShort"/>.</summary>
    /// <returns>The position of the displacement.</returns>
    internal int JumpShort()
    {
        Put(0xEB, 2);
        return Position - 1;
    }

    /// <summary>Makes a short jump land here.</summary>
    internal void LinkShort(int displacementPosition) =>
        _start[displacementPosition] = (byte)checked((sbyte)(Position - displacementPosition - 1));

    /// <summary>Makes a jump, call or address land at a position.</summary>
    internal void Link(int displacementPosition, int target) =>
        PatchInt32(displacementPosition, target - displacementPosition - 4);

    /// <summary>Replaces what was written before by jmp rel32, five bytes.</summary>
    internal void OverwriteWithJump(int position, int target)
    {
        _start[position] = 0xE9;
        Link(position + 1, target);
    }

    /// <summary>jmp register.</summary>
    internal void JumpTo(Register target) => PutRegisters(Narrow, 0xFF, 4, (uint)target);

    /// <summary>jmp qword [table + index · 8] (host memory).</summary>
    internal void JumpThroughTable(Register table, Register index) => PutIndexed(Narrow, 0xFF, 4, table, index, 3);

    /// <summary>call rel32 to a position.</summary>
    internal void Call(int target) => Put(0xE8 | ((ulong)(uint)(target - Position - 5) << 8), 5);

    /// <summary>push register.</summary>
    internal void Push(Register register) => Put(Narrow | ((uint)register >> 3) | ((0x50 | ((uint)register & 7)) << 8), 2);

    /// <summary>pop register.</summary>
    internal void Pop(Register register) => Put(Narrow | ((uint)register >> 3) | ((0x58 | ((uint)register & 7)) << 8), 2);

    /// <summary>ret.</summary>
    internal void Return() => Put(0xC3, 1);
}

using System.Runtime.CompilerServices;

namespace Pvm2.Native.X64;

/// <content>Loads and stores: guest memory through gs, host memory through a base register.</content>
internal sealed unsafe partial class Assembler
{
    private const uint GuestPrefixes = 0x67_65; // gs segment, 32-bit address: the sum wraps at 2^32

    // In the order of GuestAccess: up to five bytes of gs, address size, REX and opcode, all but what the registers add
    // to REX; in bits 48 to 55 how many bytes; in bits 56 to 63 how many bits below REX. Filled up to a power of two.
    private static ReadOnlySpan<ulong> AccessHeads =>
    [
        0x1005_00_BE0F_48_6765, // movsx r64, byte
        0x1005_00_BF0F_48_6765, // movsx r64, word
        0x1004_0000_63_48_6765, // movsxd r64, dword
        0x1004_0000_8B_48_6765, // mov r64, qword
        0x1005_00_B60F_40_6765, // movzx r32, byte
        0x1005_00_B70F_40_6765, // movzx r32, word
        0x1004_0000_8B_40_6765, // mov r32, dword
        0x1004_0000_88_40_6765, // mov byte, r8
        0x1805_00_89_40_67_6566, // mov word, r16: the operand size comes first
        0x1004_0000_89_40_6765, // mov dword, r32
        0x1004_0000_89_48_6765, // mov qword, r64
        0, 0, 0, 0, 0,
    ];

    /// <summary>Loads from or stores to gs:[(base + displacement) mod 2^32].</summary>
    /// <param name="register">What is loaded or stored.</param>
    /// <remarks>
    /// The 32-bit address form makes the processor wrap the sum, so no instruction is needed to clear the upper half
    /// of the base; the segment base adds the start of the guest window without a register.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AccessGuest(GuestAccess access, Register register, Register baseRegister, int displacement)
    {
        var rex = (((uint)register >> 3) << 2) | ((uint)baseRegister >> 3);
        var head = AccessHeads[(int)access & 15];
        var bits = (head & 0xFFFF_FFFF_FFFF) | ((ulong)rex << (int)(head >> 56));
        var tail = Address((uint)register, baseRegister, displacement, out var length);
        Put(bits, (byte)(head >> 48), tail, length);
    }

    /// <summary>Stores zero to gs:[(base + displacement) mod 2^32].</summary>
    /// <param name="access">A store.</param>
    internal void StoreGuestZero(GuestAccess access, Register baseRegister, int displacement)
    {
        if (access == GuestAccess.StoreHalf)
        {
            Put(0x66, 1);
        }

        Put(GuestPrefixes, 2);
        var opcode = access == GuestAccess.StoreByte ? 0xC6u : 0xC7u;
        PutAddressed(Rex(access == GuestAccess.StoreDouble), opcode, 0, baseRegister, displacement);
        Put(0, Math.Min(1 << (access - GuestAccess.StoreByte), 4));
    }

    /// <summary>mov destination, [base + displacement] (64 bits, host memory).</summary>
    internal void LoadHost(Register destination, Register baseRegister, int displacement) =>
        PutAddressed(Wide, 0x8B, (uint)destination, baseRegister, displacement);

    /// <summary>mov [base + displacement], source (64 bits, host memory).</summary>
    internal void StoreHost(Register source, Register baseRegister, int displacement) =>
        PutAddressed(Wide, 0x89, (uint)source, baseRegister, displacement);

    /// <summary>mov [base + displacement], source (32 bits, host memory).</summary>
    internal void StoreHost32(Register source, Register baseRegister, int displacement) =>
        PutAddressed(Narrow, 0x89, (uint)source, baseRegister, displacement);

    /// <summary>cmp dword [base + displacement], immediate (host memory).</summary>
    /// <param name="immediate">−128 to 127.</param>
    internal void CompareHost32(Register baseRegister, int displacement, int immediate)
    {
        PutAddressed(Narrow, 0x83, (uint)AluOperation.Compare, baseRegister, displacement);
        Put((byte)immediate, 1);
    }

    /// <summary>lea destination, [rip + displacement], the displacement to be patched.</summary>
    /// <returns>The position of the displacement, which counts from the four bytes' end.</returns>
    internal int LoadAddressOfLabel(Register destination)
    {
        Put(Wide | (((uint)destination >> 3) << 2) | 0x8D00 | ((0x05 | (((uint)destination & 7) << 3)) << 16), 7);
        return Position - 4;
    }

    /// <summary>movsxd destination, dword [table + index · 4] (host memory).</summary>
    internal void LoadTableEntry32(Register destination, Register table, Register index) =>
        PutIndexed(Wide, 0x63, (uint)destination, table, index, 2);

    /// <summary>wrgsbase source. Needs FSGSBASE and the system's leave to use it.</summary>
    internal void WriteGsBase(Register source) =>
        Put(0xF3 | ((Wide | ((uint)source >> 3)) << 8) | 0xAE0F_0000 | ((ulong)(0xD8 | ((uint)source & 7)) << 32), 5);

    /// <summary>rdgsbase destination. Needs what <see cref="WriteGsBase"/> needs.</summary>
    internal void ReadGsBase(Register destination) =>
        Put(0xF3 | ((Wide | ((uint)destination >> 3)) << 8) | 0xAE0F_0000 | ((ulong)(0xC8 | ((uint)destination & 7)) << 32), 5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PutAddressed(uint rex, uint opcode, uint reg, Register baseRegister, int displacement)
    {
        Put(rex | ((reg >> 3) << 2) | ((uint)baseRegister >> 3) | (opcode << 8), 2);
        PutAddress(reg, baseRegister, displacement);
    }

    private void PutIndexed(uint rex, uint opcode, uint reg, Register baseRegister, Register index, int scale)
    {
        var prefix = rex | ((reg >> 3) << 2) | (((uint)index >> 3) << 1) | ((uint)baseRegister >> 3);
        var sib = ((uint)scale << 6) | (((uint)index & 7) << 3) | ((uint)baseRegister & 7);
        Put(prefix | (opcode << 8) | ((0x44 | ((reg & 7) << 3)) << 16) | (sib << 24), 5);
    }

    private void PutAddress(uint reg, Register baseRegister, int displacement) =>
        Put(Address(reg, baseRegister, displacement, out var length), length);

    /// <summary>ModRM, SIB where the base is rsp or r12, and displacement.</summary>
    /// <param name="length">How many bytes that is, at most 6.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Address(uint reg, Register baseRegister, int displacement, out int length)
    {
        var low = (uint)baseRegister & 7;
        var modrm = ((reg & 7) << 3) | low;

        // Displacements of 0, 1 and 4 bytes are mod 0, 1 and 2. rbp and r13 have none of 0 bytes.
        var mod = 2 - Branchless.FitsByte(displacement);
        mod -= Branchless.IsZero((uint)displacement) & (1 ^ Branchless.IsZero(low ^ (uint)Register.Rbp));
        modrm |= (uint)mod << 6;
        length = 1 + (mod * mod);
        if (low == (uint)Register.Rsp)
        {
            length++;
            return modrm | 0x2400 | ((ulong)(uint)displacement << 16);
        }

        return modrm | ((ulong)(uint)displacement << 8);
    }
}

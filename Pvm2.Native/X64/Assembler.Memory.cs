using System.Runtime.CompilerServices;

namespace Pvm2.Native.X64;

/// <content>Loads and stores: guest memory through gs, host memory through a base register.</content>
internal sealed unsafe partial class Assembler
{
    private const uint GuestPrefixes = 0x67_65; // gs segment, 32-bit address: the sum wraps at 2^32
    private const uint GuestPrefixesWithOperandSize = 0x66_67_65;

    // In the order of LoadKind: gs, address size, REX, opcode.
    private static ReadOnlySpan<ulong> LoadHeads =>
    [
        0xBE0F_48_6765, // movsx r64, byte
        0xBF0F_48_6765, // movsx r64, word
        0x63_48_6765,   // movsxd r64, dword
        0x8B_48_6765,   // mov r64, qword
        0xB60F_40_6765, // movzx r32, byte
        0xB70F_40_6765, // movzx r32, word
        0x8B_40_6765,   // mov r32, dword
    ];

    /// <summary>Loads from gs:[(base + displacement) mod 2^32].</summary>
    /// <remarks>
    /// The 32-bit address form makes the processor wrap the sum, so no instruction is needed to clear the upper half
    /// of the base; the segment base adds the start of the guest window without a register.
    /// </remarks>
    internal void LoadGuest(LoadKind kind, Register destination, Register baseRegister, int displacement)
    {
        // Prefixes, REX, and one or two opcode bytes by kind.
        var isLong = kind is not (LoadKind.Signed32 or LoadKind.Bits64 or LoadKind.Unsigned32);
        var rex = (((uint)destination >> 3) << 2) | ((uint)baseRegister >> 3);
        Put(LoadHeads[(int)kind] | ((ulong)rex << 16), isLong ? 5 : 4);
        Put(Address((uint)destination, baseRegister, displacement, out var length), length);
    }

    /// <summary>Stores to gs:[(base + displacement) mod 2^32].</summary>
    internal void StoreGuest(StoreWidth width, Register source, Register baseRegister, int displacement)
    {
        PutGuestStorePrefixes(width);
        var opcode = width == StoreWidth.Byte ? 0x88u : 0x89u;
        PutAddressed(Rex(width == StoreWidth.Double), opcode, (uint)source, baseRegister, displacement);
    }

    /// <summary>Stores zero to gs:[(base + displacement) mod 2^32].</summary>
    internal void StoreGuestZero(StoreWidth width, Register baseRegister, int displacement)
    {
        PutGuestStorePrefixes(width);
        var opcode = width == StoreWidth.Byte ? 0xC6u : 0xC7u;
        PutAddressed(Rex(width == StoreWidth.Double), opcode, 0, baseRegister, displacement);
        Put(0, Math.Min(1 << (int)width, 4));
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
    private void PutGuestStorePrefixes(StoreWidth width)
    {
        // The operand size comes first, so that nothing branches on it.
        var isHalf = width == StoreWidth.Half;
        Put(isHalf ? GuestPrefixesWithOperandSize : GuestPrefixes, isHalf ? 3 : 2);
    }

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
        var mod = displacement == (sbyte)displacement ? 1 : 2;
        mod = displacement == 0 & low != (uint)Register.Rbp ? 0 : mod;
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

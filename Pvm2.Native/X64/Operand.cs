namespace Pvm2.Native.X64;

/// <summary>What an instruction reads or writes besides its register: another register, or a slot of the stack frame.</summary>
internal readonly struct Operand
{
    /// <summary>In an operand's code the mark of a slot; without it the code is a register's number.</summary>
    internal const byte SlotFlag = 0x80;

    private readonly byte _code;

    private Operand(byte code) => _code = code;

    /// <summary>Whether this is a slot of the frame.</summary>
    internal bool IsSlot => (_code & SlotFlag) != 0;

    /// <summary>The register; only where this is one.</summary>
    internal Register Register => (Register)_code;

    /// <summary>Bytes above rsp, 0 to 127; only where this is a slot.</summary>
    internal int Displacement => _code & ~SlotFlag;

    public static implicit operator Operand(Register register) => new((byte)register);

    /// <summary>The operand of a code: a register's number, or <see cref="SlotFlag"/> and the bytes above rsp.</summary>
    internal static Operand FromCode(byte code) => new(code);

    /// <summary>A slot of the frame.</summary>
    /// <param name="displacement">Bytes above rsp, 0 to 127.</param>
    internal static Operand Slot(int displacement) => new((byte)(displacement | SlotFlag));

    /// <summary>Whether this is the given register.</summary>
    internal bool Is(Register register) => _code == (byte)register;
}

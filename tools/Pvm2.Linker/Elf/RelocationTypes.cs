using System.Globalization;

namespace Pvm2.Linker.Elf;

/// <summary>Questions about <see cref="RelocationType"/>.</summary>
internal static class RelocationTypes
{
    /// <summary>The psABI's name, for messages.</summary>
    public static string NameOf(RelocationType type) => type switch
    {
        RelocationType.Absolute32 => "R_RISCV_32",
        RelocationType.Absolute64 => "R_RISCV_64",
        RelocationType.Relative => "R_RISCV_RELATIVE",
        RelocationType.Copy => "R_RISCV_COPY",
        RelocationType.JumpSlot => "R_RISCV_JUMP_SLOT",
        RelocationType.GotHigh20 => "R_RISCV_GOT_HI20",
        RelocationType.TlsGotHigh20 => "R_RISCV_TLS_GOT_HI20",
        RelocationType.TlsGdHigh20 => "R_RISCV_TLS_GD_HI20",
        RelocationType.PcRelativeHigh20 => "R_RISCV_PCREL_HI20",
        RelocationType.PcRelativeLow12I => "R_RISCV_PCREL_LO12_I",
        RelocationType.PcRelativeLow12S => "R_RISCV_PCREL_LO12_S",
        RelocationType.High20 => "R_RISCV_HI20",
        RelocationType.Low12I => "R_RISCV_LO12_I",
        RelocationType.Low12S => "R_RISCV_LO12_S",
        RelocationType.CallPlt => "R_RISCV_CALL_PLT",
        RelocationType.CompressedBranch => "R_RISCV_RVC_BRANCH",
        RelocationType.CompressedJump => "R_RISCV_RVC_JUMP",
        RelocationType.CompressedLui => "R_RISCV_RVC_LUI",
        RelocationType.Got32PcRelative => "R_RISCV_GOT32_PCREL",
        RelocationType.PcRelative32 => "R_RISCV_32_PCREL",
        RelocationType.IndirectRelative => "R_RISCV_IRELATIVE",
        RelocationType.SetUleb128 => "R_RISCV_SET_ULEB128",
        RelocationType.SubUleb128 => "R_RISCV_SUB_ULEB128",
        RelocationType.LldGlobalPointerLow12I or RelocationType.LldGlobalPointerLow12S => "relocation relative to gp",
        >= RelocationType.TpRelativeHigh20 and <= RelocationType.TpRelativeAdd => "R_RISCV_TPREL",
        >= RelocationType.TlsDescriptorHigh20 and <= RelocationType.TlsDescriptorCall => "R_RISCV_TLSDESC",
        _ when Enum.IsDefined(type) => "R_RISCV_" + type.ToString().ToUpperInvariant(),
        _ => string.Create(CultureInfo.InvariantCulture, $"relocation type {(uint)type}"),
    };

    /// <summary>Whether it asks for thread-local storage.</summary>
    public static bool IsThreadLocal(RelocationType type) => type
        is (>= RelocationType.TlsDtpMod32 and <= RelocationType.TlsDescriptor)
        or RelocationType.TlsGotHigh20 or RelocationType.TlsGdHigh20
        or (>= RelocationType.TpRelativeHigh20 and <= RelocationType.TpRelativeAdd)
        or (>= RelocationType.TlsDescriptorHigh20 and <= RelocationType.TlsDescriptorCall);

    /// <summary>Whether it is an offset from the global pointer.</summary>
    public static bool IsGlobalPointerRelative(RelocationType type) => type
        is RelocationType.GlobalPointerLow12I or RelocationType.GlobalPointerLow12S
        or RelocationType.LldGlobalPointerLow12I or RelocationType.LldGlobalPointerLow12S;

    /// <summary>Whether it computes the difference of two symbols, or the distance from its own place.</summary>
    public static bool IsDifference(RelocationType type) => type
        is (>= RelocationType.Add8 and <= RelocationType.Sub64)
        or (>= RelocationType.Sub6 and <= RelocationType.PcRelative32)
        or RelocationType.Plt32 or RelocationType.SetUleb128 or RelocationType.SubUleb128
        or RelocationType.Got32PcRelative;
}

using System.Globalization;

namespace Pvm2.Cli.Output;

/// <summary>The one way in which values are written in hex.</summary>
internal static class Hex
{
    /// <summary>A register's value, 16 digits.</summary>
    public static string Word(ulong value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x16}");

    /// <summary>An address or a program counter, 8 digits.</summary>
    public static string Address(uint value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x8}");

    /// <summary>A run's result: 8 digits, as checksums are quoted, or 16 where it needs more.</summary>
    public static string Result(ulong value) => value <= uint.MaxValue ? Address((uint)value) : Word(value);
}

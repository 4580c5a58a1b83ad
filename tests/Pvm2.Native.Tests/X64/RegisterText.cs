using Pvm2.Native.X64;

namespace Pvm2.Native.Tests.X64;

/// <summary>What a register is called at each width.</summary>
internal static class RegisterText
{
    private static readonly string[] Legacy = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"];

    internal static string Name(this Register register, int bits)
    {
        var number = (int)register;
        return (bits, number) switch
        {
            (64, < 8) => "r" + Legacy[number],
            (32, < 8) => "e" + Legacy[number],
            (16, < 8) => Legacy[number],
            (8, < 4) => Legacy[number][..1] + "l",
            (8, < 8) => Legacy[number] + "l",
            (64, _) => $"r{number}",
            (32, _) => $"r{number}d",
            (16, _) => $"r{number}w",
            _ => $"r{number}b",
        };
    }

    internal static string Name(this Register register, bool wide) => register.Name(wide ? 64 : 32);
}

using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Generation;

namespace Pvm2.Native.Tests.Sandbox;

/// <summary>A way in which code may come by the address of an access, of which a compiler may know something.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Emit">The instructions that turn the source register into the base register.</param>
/// <param name="Solve">The source register's value for which the base register's low half is the one that is given.</param>
internal sealed record AddressForm(
    string Name, Func<int, int, Instruction[]> Emit, Func<uint, Prng, ulong> Solve)
{
    /// <summary>The register as it is, with anything in its upper half.</summary>
    internal static AddressForm Plain { get; } = new("plain", static (_, _) => [], Garbage);

    /// <summary>Results whose upper half is zero, or copies of a bit, or anything.</summary>
    internal static IReadOnlyList<AddressForm> Computed { get; } =
    [
        new("add.uw", static (to, from) => [Encoder.Make(Opcode.AddUw, to, from)], Garbage),
        new("slli.uw", static (to, from) => [Encoder.Make(Opcode.SlliUw, to, from)], Garbage),
        new("addiw", static (to, from) => [Encoder.Make(Opcode.Addiw, to, from, immediate: 5)], static (a, r) => Garbage(a - 5, r)),
        new("addi", static (to, from) => [Encoder.Make(Opcode.Addi, to, from, immediate: -3)], static (a, r) => Garbage(a + 3, r)),
        new("mv", static (to, from) => [Encoder.Make(Opcode.Addi, to, from)], Garbage),
        new("srli", static (to, from) => [Encoder.Make(Opcode.Srli, to, from, immediate: 32)], static (a, r) => ((ulong)a << 32) | (uint)r.Next()),
        new("srai", static (to, from) => [Encoder.Make(Opcode.Srai, to, from, immediate: 32)], static (a, r) => ((ulong)a << 32) | (uint)r.Next()),
        new(
            "slli, srli",
            static (to, from) => [Encoder.Make(Opcode.Slli, to, from, immediate: 32), Encoder.Make(Opcode.Srli, to, to, immediate: 32)],
            Garbage),
        new("sub", static (to, from) => [Encoder.Make(Opcode.Sub, to, 0, from)], static (a, r) => Garbage(0 - a, r)),
        new("xori", static (to, from) => [Encoder.Make(Opcode.Xori, to, from, immediate: -1)], static (a, r) => Garbage(~a, r)),
        new("sh1add.uw", static (to, from) => [Encoder.Make(Opcode.Sh1addUw, to, from, 0)], static (a, r) => Garbage(a >> 1, r)),
        new("sh3add", static (to, from) => [Encoder.Make(Opcode.Sh3add, to, from, 0)], static (a, r) => Garbage(a >> 3, r)),
        new("sraiw", static (to, from) => [Encoder.Make(Opcode.Sraiw, to, from)], Garbage),
        new("addw", static (to, from) => [Encoder.Make(Opcode.Addw, to, from, from)], static (a, r) => Garbage(a >> 1, r)),
        new("zext.h", static (to, from) => [Encoder.Make(Opcode.ZextH, to, from)], Garbage),
        new("lui", static (to, _) => [Encoder.Make(Opcode.Lui, to, immediate: -4096)], Garbage),
        new("lui", static (to, _) => [Encoder.Make(Opcode.Lui, to, immediate: 0x7FFF_F000)], Garbage),
        new("lui", static (to, _) => [Encoder.Make(Opcode.Lui, to, immediate: 0x1000_1000)], Garbage),
        new(
            "lui, addi",
            static (to, _) => [Encoder.Make(Opcode.Lui, to, immediate: 0x7FFF_F000), Encoder.Make(Opcode.Addi, to, to, immediate: 2047)],
            Garbage),
        new(
            "lui, addiw",
            static (to, _) => [Encoder.Make(Opcode.Lui, to, immediate: -4096), Encoder.Make(Opcode.Addiw, to, to, immediate: 2047)],
            Garbage),
        new("constant", static (to, _) => [Encoder.Make(Opcode.Addi, to, 0, immediate: -1)], Garbage),
    ];

    private static ulong Garbage(uint low, Prng random) => low | (random.Below(6) switch
    {
        0 => 0,
        1 => 0x0000_0001_0000_0000,
        2 => 0xFFFF_FFFF_0000_0000,
        3 => 0x7FFF_FFFF_0000_0000,
        4 => 0x8000_0000_0000_0000,
        _ => random.Next() << 32,
    });
}

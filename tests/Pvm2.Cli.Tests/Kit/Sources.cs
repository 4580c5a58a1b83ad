using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Cli.Tests.Kit;

/// <summary>Small guests as assembly text.</summary>
internal static class Sources
{
    /// <summary>The tier that <c>auto</c> stands for on this machine.</summary>
    public static string AutomaticTier => Pvm2.Native.NativeTier.Support.IsSupported ? "native" : "interpreter";

    /// <summary>Halts with 42 after two instructions.</summary>
    public const string Answer = """
        .entry main
        main:
            li a0, 42
            ecalli 0
        """;

    /// <summary>Adds the numbers from 1000 down, keeps the sum in memory too, and halts with it: 500500.</summary>
    public const string Count = """
        .entry main
        .data
        sum: .dword 0
        .text
        main:
            li a0, 0
            li a1, 1000
            la a2, sum
            fallthrough
        loop:
            add a0, a0, a1
            sd a0, 0(a2)
            addi a1, a1, -1
            bnez a1, loop
            ecalli 0
        """;

    /// <summary>Two entry points; the second adds its six arguments.</summary>
    public const string Sum = """
        .entry main
        .entry sum
        main:
            li a0, 1
            ecalli 0
        sum:
            add a0, a0, a1
            add a0, a0, a2
            add a0, a0, a3
            add a0, a0, a4
            add a0, a0, a5
            ecalli 0
        """;

    /// <summary>Loads from address 0x10, the third of four instructions of its block.</summary>
    public const string NullRead = """
        .entry main
        main:
            li a0, 7
            li a1, 16
        here:
            ld a2, 0(a1)
            trap
        """;

    /// <summary>Stores to read-only memory.</summary>
    public const string WriteToConstant = """
        .entry main
        .rodata
        text: .ascii "constant"
        .text
        main:
            la a0, text
            sd a0, 0(a0)
            trap
        """;

    /// <summary>Traps, with a value in a0.</summary>
    public const string Trap = """
        .entry main
        main:
            li a0, 7
        here:
            trap
        """;

    /// <summary>Makes host call 99.</summary>
    public const string HostCall = """
        .entry main
        main:
            ecalli 99
            ecalli 0
        """;

    /// <summary>Makes a management call.</summary>
    public const string Management = """
        .entry main
        main:
            ecall.jar
            ecalli 0
        """;

    /// <summary>Runs for ever.</summary>
    public const string Loop = """
        .entry main
        main:
            addi a0, a0, 1
            j main
        """;

    /// <summary>Writes "out", without a line end, to descriptor 1 and three bytes that are no UTF-8 to 2.</summary>
    public const string Print = """
        .entry main
        .rodata
        text: .ascii "out"
        bytes: .byte 0xff, 0x0a, 0x00
        .text
        main:
            li a0, 1
            la a1, text
            li a2, 3
            ecalli 1
            li a0, 2
            la a1, bytes
            li a2, 3
            ecalli 1
            li a0, 0
            ecalli 0
        """;

    /// <summary>Writes all of its input to descriptor 1, in parts of at most 4096 bytes; the result is 0.</summary>
    public const string Echo = """
        .entry main
        .bss
        buffer: .zero 4096
        .text
        main:
            la a0, buffer
            li a1, 4096
            ecalli 2
            beqz a0, done
            mv a2, a0
            la a1, buffer
            li a0, 1
            ecalli 1
            j main
        done:
            ecalli 0
        """;

    /// <summary>Writes 4096 bytes 300 times, more than a document keeps.</summary>
    public const string Flood = """
        .entry main
        .bss
        buffer: .zero 4096
        .text
        main:
            li s0, 300
            fallthrough
        again:
            li a0, 1
            la a1, buffer
            li a2, 4096
            ecalli 1
            addi s0, s0, -1
            bnez s0, again
            li a0, 0
            ecalli 0
        """;

    /// <summary>Writes zeros to descriptor 1 for ever.</summary>
    public const string PrintForEver = """
        .entry main
        .bss
        buffer: .zero 4096
        .text
        main:
            li a0, 1
            la a1, buffer
            li a2, 4096
            ecalli 1
            j main
        """;

    /// <summary>Writes a line to descriptor 2 and then runs for ever.</summary>
    public const string PrintAndLoop = PrintReady + """

        loop:
            addi a0, a0, 1
            j loop
        """;

    /// <summary>Writes a line to descriptor 2 and then reads for ever.</summary>
    public const string PrintAndRead = PrintReady + """

        loop:
            la a0, text
            li a1, 1
            ecalli 2
            j loop
        """;

    private const string PrintReady = """
        .entry main
        .data
        text: .ascii "ready\n"
        .text
        main:
            li a0, 2
            la a1, text
            li a2, 6
            ecalli 1
        """;

    /// <summary>A container whose third instruction branches to the second, which starts no block.</summary>
    public static byte[] BadBranch() => ProgramWriter.Write(new GuestProgram
    {
        Profile = Profile.Static,
        Code = new byte[] { 0x13, 0x05, 0x10, 0x00, 0x13, 0x05, 0x10, 0x00, 0xe3, 0x0e, 0x00, 0xfe },
        EntryPoints = [new EntryPoint("main", 0)],
    });
}

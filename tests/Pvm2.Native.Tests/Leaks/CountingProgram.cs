using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Native.Tests.Leaks;

/// <summary>Small programs, each other than all others: they add up what is known, in memory and in a0.</summary>
internal static class CountingProgram
{
    private const int A0 = 10, A1 = 11, A2 = 12;

    /// <summary>Makes the program of a number.</summary>
    /// <param name="number">At least 0.</param>
    internal static GuestProgram Make(int number) => new()
    {
        Profile = Profile.Static,
        Code = MakeCode(number),
        ReadWriteData = new MemoryRegion(AddressSpace.StaticDataBase, AddressSpace.PageSize),
        EntryPoints = [new EntryPoint("main", 0)],
    };

    /// <summary>Compiles and runs the program of a number.</summary>
    /// <param name="mayForget">Whether the instance is left to the collector, as now and then it is.</param>
    internal static void Run(int number, NativeTier tier, bool mayForget)
    {
        var module = Module.Create(Make(number));
        var instance = module.CreateInstance(new InstanceOptions { Tier = tier });
        Assert.Equal(ExitReason.HostCall, instance.Call().Reason);
        Assert.Equal((ulong)(number + Additions(number)), instance.Registers[A0]);
        if (!mayForget)
        {
            instance.Dispose();
        }
    }

    /// <summary>The length differs too, so that blocks of all sizes come and go.</summary>
    private static int Additions(int number) => number * 7 % 61;

    private static byte[] MakeCode(int number)
    {
        var lower = (number << 20) >> 20;
        List<Instruction> code =
        [
            Encoder.Make(Opcode.Lui, A0, immediate: number - lower),
            Encoder.Make(Opcode.Addi, A0, A0, immediate: lower),
            Encoder.Make(Opcode.Lui, A1, immediate: (int)AddressSpace.StaticDataBase),
        ];
        for (var i = Additions(number); i > 0; i--)
        {
            code.Add(Encoder.Make(Opcode.Addi, A0, A0, immediate: 1));
        }

        code.Add(Encoder.Make(Opcode.Sd, 0, A1, A0, number % 250 * 8));
        code.Add(Encoder.Make(Opcode.Addi, A0));
        code.Add(Encoder.Make(Opcode.Ld, A2, A1, 0, number % 250 * 8));
        code.Add(Encoder.Make(Opcode.Add, A0, A0, A2));
        code.Add(Encoder.Make(Opcode.Ecalli));
        var bytes = new byte[4 * code.Count];
        for (var i = 0; i < code.Count; i++)
        {
            Encoder.Write(Encoder.Encode(code[i]), 4, bytes.AsSpan(4 * i));
        }

        return bytes;
    }
}

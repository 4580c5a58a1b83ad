using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Linker.Tests;

/// <summary>Links and runs, and insists on success.</summary>
internal static class Runner
{
    private const ulong PlentyOfGas = 2_000_000_000;
    private const int ResultRegister = 10;

    /// <summary>Links an ELF that must link.</summary>
    public static LinkResult Link(byte[] elf, LinkOptions options)
    {
        var result = ElfLinker.Link(elf, options);
        Assert.True(result.Succeeded, string.Join('\n', result.Errors));
        return result;
    }

    /// <summary>Runs an entry point until the program halts.</summary>
    /// <returns>What it left in a0.</returns>
    public static ulong Run(GuestProgram program, string? entry = null, params ReadOnlySpan<ulong> arguments)
    {
        var host = new DefaultHost(Stream.Null, Stream.Null, Stream.Null);
        using var instance = Module.Create(program).CreateInstance(
            new InstanceOptions { Gas = PlentyOfGas, HostCalls = host.CreateTable() });
        var exit = instance.Call(entry, arguments);
        Assert.Equal(ExitReason.Halt, exit.Reason);
        return instance.Registers[ResultRegister];
    }
}

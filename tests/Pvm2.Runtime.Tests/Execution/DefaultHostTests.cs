using System.Text;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Xunit;
using static Pvm2.Runtime.Tests.Execution.Guest;

namespace Pvm2.Runtime.Tests.Execution;

public sealed class DefaultHostTests : IDisposable
{
    private const uint Data = 0x1_0000;

    private readonly MemoryStream _output = new();
    private readonly MemoryStream _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData(1UL, Data, 5UL, 5L, "hello", "")]
    [InlineData(2UL, Data + 4, 3UL, 3L, "", "o, ")]
    [InlineData(1UL, 0UL, 0UL, 0L, "", "")]
    [InlineData(1UL, 0xABCD_0000_0001_0000UL, 1UL, 1L, "h", "")]
    [InlineData(0UL, Data, 5UL, -2L, "", "")]
    [InlineData(3UL, Data, 5UL, -2L, "", "")]
    [InlineData(1UL, 0UL, 1UL, -1L, "", "")]
    [InlineData(1UL, Data, 0x2001UL, -1L, "", "")]
    [InlineData(1UL, Data, ulong.MaxValue, -1L, "", "")]
    [InlineData(1UL, Data, 0x1_0000_0001UL, -1L, "", "")]
    public void Write_copies_to_the_descriptors_stream(
        ulong descriptor, ulong address, ulong length, long result, string output, string error)
    {
        Assert.Equal(result, (long)Call(DefaultHost.WriteSelector, descriptor, address, length).Registers[A0]);
        Assert.Equal(output, Encoding.ASCII.GetString(_output.ToArray()));
        Assert.Equal(error, Encoding.ASCII.GetString(_error.ToArray()));
    }

    [Theory]
    [InlineData(Data + 1, 3UL, 3L, "habc")]
    [InlineData(Data + 0xFFE, 3UL, -1L, "hell")]
    [InlineData(Data, 0x1000UL, 6L, "abcd")]
    [InlineData(Data + 0x1000, 1UL, -1L, "hell")]
    [InlineData(0UL, 0UL, 0L, "hell")]
    [InlineData(Data, 0x8000_0000UL, -1L, "hell")]
    public void Read_fills_memory_that_the_guest_may_write(ulong address, ulong length, long result, string firstBytes)
    {
        var instance = Call(DefaultHost.ReadSelector, address, length, 0);
        Assert.Equal(result, (long)instance.Registers[A0]);
        Assert.True(instance.Memory.TryGetSpan(Data, 4, out var bytes));
        Assert.Equal(firstBytes, Encoding.ASCII.GetString(bytes));
    }

    [Fact]
    public void Gas_left_is_what_remains_after_the_call_was_charged()
    {
        Assert.Equal(7UL, Call(DefaultHost.GasLeftSelector, 0, 0, 0, 9).Registers[A0]);
        Assert.Equal(ulong.MaxValue, Call(DefaultHost.GasLeftSelector, 0, 0, 0, null).Registers[A0]);
    }

    private Instance Call(int selector, ulong a0, ulong a1, ulong a2, ulong? gas = 100)
    {
        var guest = new Guest().ReadWrite(Data, 0x1000, Encoding.ASCII.GetBytes("hello, world"));
        guest.ReadOnly(Data + 0x1000, 0x1000).Emit(Opcode.Fence).Emit(Opcode.Ecalli, immediate: selector).Halt();
        using var input = new MemoryStream(Encoding.ASCII.GetBytes("abcdef"));
        var instance = Module.Create(guest.Build()).CreateInstance(new InstanceOptions
        {
            HostCalls = new DefaultHost(input, _output, _error).CreateTable(),
            Gas = gas ?? 0,
            GasModel = gas is null ? GasModel.None : GasModel.Flat,
        });
        Assert.Equal(ExitReason.Halt, Run().Reason);
        return instance;

        Exit Run()
        {
            var exit = instance.Call(null, a0, a1, a2);
            if (exit.Reason == ExitReason.OutOfGas)
            {
                instance.AddGas(1);
                exit = instance.Run();
            }

            return exit;
        }
    }
}

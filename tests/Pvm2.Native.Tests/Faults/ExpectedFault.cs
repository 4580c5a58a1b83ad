using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Native.Tests.Faults;

/// <summary>A run that faults, and what the interpreter says of it.</summary>
internal sealed class ExpectedFault
{
    private readonly ulong[] _before;
    private readonly ulong[] _after = new ulong[RegisterNames.Count];
    private readonly Exit _exit;
    private readonly ulong _gas;
    private readonly byte[] _memory;

    /// <summary>Asks an instance that runs on the interpreter.</summary>
    internal ExpectedFault(Instance reference, ulong[] registers)
    {
        _before = registers;
        (_exit, _gas) = Run(reference);
        for (var register = 0; register < _after.Length; register++)
        {
            _after[register] = reference.Registers[register];
        }

        _memory = Writable(reference).ToArray();
        Assert.Equal(ExitReason.PageFault, _exit.Reason);
    }

    /// <summary>Runs it again elsewhere.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">Something is not as the interpreter has it.</exception>
    internal void Check(Instance instance)
    {
        var (exit, gas) = Run(instance);
        Assert.Equal(_exit, exit);
        Assert.Equal(_gas, gas);
        for (var register = 0; register < _after.Length; register++)
        {
            if (_after[register] != instance.Registers[register])
            {
                Assert.Fail($"After {exit}: x{register} is 0x{instance.Registers[register]:x}, not 0x{_after[register]:x}.");
            }
        }

        Assert.True(Writable(instance).SequenceEqual(_memory), $"After {exit}: the memory differs.");
    }

    private static ReadOnlySpan<byte> Writable(Instance instance)
    {
        var region = instance.Module.Program.ReadWriteData;
        Assert.True(instance.Memory.TryGetSpan(region.Address, AddressSpace.PageSize, out var span));
        return span;
    }

    private (Exit Exit, ulong Gas) Run(Instance instance)
    {
        instance.Start();
        for (var register = 1; register < _before.Length; register++)
        {
            instance.Registers[register] = _before[register];
        }

        var used = instance.GasUsed ?? 0;
        var exit = instance.Run();
        return (exit, (instance.GasUsed ?? 0) - used);
    }
}

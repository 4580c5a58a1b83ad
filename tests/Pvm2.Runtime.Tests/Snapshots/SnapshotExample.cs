using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Snapshots;
using Pvm2.Runtime.Tests.Execution;
using Pvm2.TestKit;

namespace Pvm2.Runtime.Tests.Snapshots;

/// <summary>A small guest with a page of every kind, and the bytes of its snapshot as they are on record.</summary>
internal static class SnapshotExample
{
    internal const uint Data = AddressSpace.StaticDataBase;
    internal const uint Stack = 0x3_0000;
    internal const uint ReadOnlyData = 0x5_0000;

    private const int FirstCall = 7;

    /// <summary>A call of the host in the midst, then a halt.</summary>
    internal static Module Module { get; } = Module.Create(
        new Guest()
            .Li(Guest.A0, 1)
            .Emit(Opcode.Ecalli, immediate: FirstCall)
            .Li(Guest.A1, 2)
            .Halt()
            .ReadWrite(Data, 3 * AddressSpace.PageSize, [.. "abc"u8])
            .Stack(Stack, AddressSpace.PageSize)
            .ReadOnly(ReadOnlyData, AddressSpace.PageSize, 1)
            .Build());

    /// <summary>An instance that stands behind the call of the host and has changed three of its pages.</summary>
    internal static Instance Create(GasModel model = GasModel.Pipeline)
    {
        var calls = new HostCallTable().Register(0, static _ => HostCallAction.Halt);
        var instance = Module.CreateInstance(new InstanceOptions { Gas = 1_000, GasModel = model, HostCalls = calls });
        instance.Start();
        instance.Run();
        for (var register = 1; register < RegisterNames.Count; register++)
        {
            instance.Registers[register] = (0x0101_0101_0101_0101UL * (ulong)register) + 0x80;
        }

        instance.Memory.TryWrite(Data, [0, 0, 0]);
        instance.Memory.TryWrite(Data + AddressSpace.PageSize + 5, [1, 0, 2]);
        instance.Memory.TryWrite(Stack + AddressSpace.PageSize - 1, [0xFF]);
        return instance;
    }

    /// <summary>Its snapshot.</summary>
    internal static byte[] Take(bool withProgram = false, GasModel model = GasModel.Pipeline)
    {
        using var instance = Create(model);
        return instance.TakeSnapshot(withProgram).ToArray();
    }

    /// <summary>The bytes on record: hexadecimal digits, and comments behind <c>#</c>.</summary>
    internal static byte[] Recorded() => Convert.FromHexString(string.Concat(
        File.ReadLines(Repository.PathOf("tests/vectors/snapshots/example.txt"))
            .Select(line => line.Split('#')[0].Replace(" ", string.Empty, StringComparison.Ordinal))));

    /// <summary>Reads what must be a snapshot.</summary>
    internal static Snapshot Read(byte[] bytes) => Snapshot.TryRead(bytes, out var snapshot, out var error)
        ? snapshot
        : throw new InvalidOperationException(error.ToString());
}

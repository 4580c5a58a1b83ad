using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.TestKit.States;

/// <summary>A copy of everything that a run can change, to be compared with another.</summary>
/// <param name="Registers">x0 to x15.</param>
/// <param name="ProgramCounter">As the guest counts.</param>
/// <param name="GasLeft">Null where nothing is metered.</param>
/// <param name="GasUsed">Null where nothing is metered.</param>
/// <param name="Memory">The bytes of every region that the program declares, and of its code in xjar.</param>
public sealed record MachineState(
    IReadOnlyList<ulong> Registers,
    uint ProgramCounter,
    ulong? GasLeft,
    ulong? GasUsed,
    IReadOnlyList<RegionBytes> Memory)
{
    /// <summary>Copies the state of an instance that does not run.</summary>
    public static MachineState Of(Instance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var registers = new ulong[RegisterNames.Count];
        for (var i = 0; i < registers.Length; i++)
        {
            registers[i] = instance.Registers[i];
        }

        var program = instance.Module.Program;
        var memory = program.Regions.Where(region => region.Size != 0).Select(region => Copy(instance, region.Address, region.Size));
        if (program.Profile == Profile.Xjar)
        {
            memory = memory.Append(Copy(instance, AddressSpace.CodeBase, (uint)program.Code.Length));
        }

        return new MachineState(registers, instance.ProgramCounter, instance.GasLeft, instance.GasUsed, [.. memory]);
    }

    /// <summary>Says in words where another state differs; nothing if it does not.</summary>
    /// <param name="actual">The other state.</param>
    /// <param name="compareGas">Whether gas counts.</param>
    public IEnumerable<string> Differences(MachineState actual, bool compareGas = true)
    {
        ArgumentNullException.ThrowIfNull(actual);
        for (var i = 0; i < Registers.Count; i++)
        {
            if (Registers[i] != actual.Registers[i])
            {
                yield return Format($"{RegisterNames.AbiName(i)} is 0x{actual.Registers[i]:x}, not 0x{Registers[i]:x}");
            }
        }

        if (ProgramCounter != actual.ProgramCounter)
        {
            yield return Format($"pc is 0x{actual.ProgramCounter:x}, not 0x{ProgramCounter:x}");
        }

        if (compareGas && (GasLeft, GasUsed) != (actual.GasLeft, actual.GasUsed))
        {
            yield return Format($"gas is {actual.GasLeft} left, {actual.GasUsed} used, not {GasLeft} left, {GasUsed} used");
        }

        for (var i = 0; i < Memory.Count; i++)
        {
            var expected = Memory[i].Bytes.Span;
            var at = expected.CommonPrefixLength(actual.Memory[i].Bytes.Span);
            if (at != expected.Length)
            {
                yield return Format(
                    $"[0x{Memory[i].Address + (uint)at:x}] is {actual.Memory[i].Bytes.Span[at]:x2}, not {expected[at]:x2}");
            }
        }
    }

    /// <summary>A digest of everything here, the same on every machine: 128 bits of a SHA-256, in hexadecimal.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ReadOnlySpan<ulong> numbers = [.. Registers, ProgramCounter, GasLeft ?? ulong.MaxValue, GasUsed ?? ulong.MaxValue];
        hash.AppendData(MemoryMarshal.AsBytes(numbers)); // every processor that .NET runs on here is little-endian
        foreach (var region in Memory)
        {
            hash.AppendData(MemoryMarshal.AsBytes<uint>([region.Address, (uint)region.Bytes.Length]));
            hash.AppendData(region.Bytes.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static RegionBytes Copy(Instance instance, uint address, uint size)
    {
        var bytes = new byte[size];
        return instance.Memory.TryRead(address, bytes)
            ? new RegionBytes(address, bytes)
            : throw new InvalidOperationException(Format($"The memory at 0x{address:x} cannot be read."));
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

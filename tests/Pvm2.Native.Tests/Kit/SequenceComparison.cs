using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Native.Tests.Kit;

/// <summary>
/// Runs very many short sequences of instructions on all tiers, in one xjar program with a host call behind each: there
/// the registers are taken down, and set anew for the next sequence.
/// </summary>
internal sealed class SequenceComparison
{
    private const int LastRegister = RegisterNames.Count - 1;
    private const ulong Mixer = 0x9E37_79B9_7F4A_7C15;

    private static readonly ulong[] Values =
    [
        0, 1, 2, 31, 32, 63, 64, 0x7F, 0x80, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000,
        0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_8000_0000, 0xFFFF_FFFF_0000_0000, ulong.MaxValue - 1,
        ulong.MaxValue,
    ];

    private readonly List<byte> _code = [];
    private readonly List<int> _starts = [];

    internal SequenceComparison() => AddCall();

    /// <summary>Number of sequences.</summary>
    internal int Count => _starts.Count;

    /// <summary>Adds a sequence.</summary>
    /// <param name="instructions">Of those that neither jump nor reach memory.</param>
    internal void Add(params ReadOnlySpan<Instruction> instructions)
    {
        _starts.Add(_code.Count);
        foreach (ref readonly var instruction in instructions)
        {
            Append(instruction);
        }

        // Reads the zero in the frame, which a result for x0 must not have overwritten.
        Append(Runtime.Isa.Encoder.Make(Opcode.Orn, LastRegister, 0, LastRegister));
        AddCall();
    }

    /// <summary>Runs all sequences on all tiers, and fails with the first that leaves other registers than the first tier.</summary>
    /// <param name="rounds">How often, each time with other values in the registers.</param>
    internal void Check(int rounds)
    {
        var module = Module.Create(new GuestProgram
        {
            Profile = Profile.Xjar,
            Code = _code.ToArray(),
            EntryPoints = [new EntryPoint("start", 0)],
        });
        var tiers = TierRegistry.All.Select(entry => (entry.Name, Tier: entry.Create())).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            var expected = Run(module, tiers[0].Tier, round);
            foreach (var (name, tier) in tiers[1..])
            {
                var difference = expected.AsSpan().CommonPrefixLength(Run(module, tier, round));
                if (difference != expected.Length)
                {
                    Assert.Fail(Explain(module, tiers[0].Tier, tier, name, round, difference));
                }
            }
        }
    }

    /// <summary>The value of a register before a sequence: one with an edge, or any.</summary>
    private static ulong Value(int sequence, int round, int register)
    {
        var mixed = (((ulong)sequence << 12) + ((ulong)round << 4) + (ulong)register + 1) * Mixer;
        mixed = (mixed ^ (mixed >> 29)) * Mixer;
        var choice = mixed >> 59;
        return choice < (ulong)Values.Length ? Values[choice] : mixed * Mixer;
    }

    private void AddCall() => Append(Runtime.Isa.Encoder.Make(Opcode.Ecalli, immediate: 1));

    private void Append(in Instruction instruction)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Runtime.Isa.Encoder.Encode(instruction));
        _code.AddRange(bytes);
    }

    /// <returns>A sum of the registers after each sequence.</returns>
    private ulong[] Run(Module module, ITier tier, int round, int watched = -1, ulong[]? registers = null)
    {
        var sums = new ulong[Count];
        var calls = 0;
        var table = new HostCallTable().Register(1, caller =>
        {
            if (calls > 0)
            {
                Span<ulong> found = stackalloc ulong[RegisterNames.Count];
                caller.Registers.CopyTo(found);
                sums[calls - 1] = Sum(found);
                if (calls - 1 == watched)
                {
                    found.CopyTo(registers);
                }
            }

            for (var register = 1; register < RegisterNames.Count; register++)
            {
                caller.Registers[register] = Value(calls, round, register);
            }

            return calls++ == Count ? HostCallAction.Halt : HostCallAction.Continue;
        });
        using var instance = module.CreateInstance(new InstanceOptions { Tier = tier, GasModel = GasModel.Pipeline, HostCalls = table });
        Assert.Equal(ExitReason.Halt, instance.Call().Reason);
        return sums;
    }

    private static ulong Sum(ReadOnlySpan<ulong> registers)
    {
        var sum = 0UL;
        foreach (var value in registers)
        {
            sum = (ulong.RotateLeft(sum, 23) ^ value) * Mixer;
        }

        return sum;
    }

    private string Explain(Module module, ITier reference, ITier tier, string name, int round, int sequence)
    {
        var (expected, found) = (new ulong[RegisterNames.Count], new ulong[RegisterNames.Count]);
        Run(module, reference, round, sequence, expected);
        Run(module, tier, round, sequence, found);
        var end = sequence + 1 < Count ? _starts[sequence + 1] : _code.Count;
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{name}, round {round}, sequence {sequence}:");
        CodeText.Append(text, _code[_starts[sequence]..end].ToArray(), Profile.Xjar);
        for (var register = 1; register < RegisterNames.Count; register++)
        {
            var mark = expected[register] == found[register] ? "" : "  <-";
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  x{register,-2} was {Value(sequence, round, register):x16}, is {found[register]:x16}, should be {expected[register]:x16}{mark}");
        }

        return text.ToString();
    }
}

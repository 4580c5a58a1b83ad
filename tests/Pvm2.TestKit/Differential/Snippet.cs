using Pvm2.TestKit.Generation;

namespace Pvm2.TestKit.Differential;

/// <summary>
/// A random program with the registers and memory that it starts from. It works on a slot of memory of its own: scratch
/// bytes, and behind them its registers, from which they are loaded at the start and to which they go at the end.
/// </summary>
/// <param name="Seed">The seed that makes it again.</param>
/// <param name="BaseRegister">The register that points into the slot; the program never writes it.</param>
/// <param name="Nodes">The program.</param>
/// <param name="Slot">The slot's bytes at the start.</param>
public sealed record Snippet(ulong Seed, int BaseRegister, IReadOnlyList<Node> Nodes, ReadOnlyMemory<byte> Slot)
{
    /// <summary>Scratch bytes below the address in the base register.</summary>
    public const int ScratchBelow = 128;

    /// <summary>Scratch bytes from the address in the base register on.</summary>
    public const int ScratchAbove = 384;

    /// <summary>Where the registers are in the slot, eight bytes each, x0's among them.</summary>
    public const int RegistersOffset = ScratchBelow + ScratchAbove;

    /// <summary>Bytes of a slot.</summary>
    public const int SlotSize = RegistersOffset + (8 * 16);

    /// <summary>Makes the snippet that a seed names.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="options">What may occur.</param>
    public static Snippet Generate(ulong seed, GeneratorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var random = new Prng(seed);

        // sp is the base more often than others, for the 2-byte accesses that know no other base.
        var baseRegister = random.Chance(1, 5) ? 2 : options.Registers.Pick(random);
        var nodes = new NodeGenerator(random, options, baseRegister).Program(random.Between(4, 90));
        var slot = new byte[SlotSize];
        for (var i = 0; i < slot.Length; i += 8)
        {
            BitConverter.TryWriteBytes(slot.AsSpan(i), random.Value());
        }

        slot.AsSpan(RegistersOffset, 8).Clear();
        return new Snippet(seed, baseRegister, nodes, slot);
    }
}

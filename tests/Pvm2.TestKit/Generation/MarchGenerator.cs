using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.Generation;

/// <summary>
/// Makes loops that walk through memory: most of one block, some of several; some end by a counter, some by a fault
/// after many rounds. They are closed by a jump, a branch on a counter, or a comparison and a branch on its result.
/// </summary>
/// <param name="random">Where its choices come from.</param>
/// <param name="options">What may occur.</param>
/// <param name="baseRegister">The register that points to the memory to work on; nothing writes it.</param>
/// <param name="steps">Makes what stands around the access.</param>
public sealed class MarchGenerator(Prng random, GeneratorOptions options, int baseRegister, StepGenerator steps)
{
    private const int MaxAccessOffset = 16;

    private static readonly int[] Strides = [8, 8, 4, 16, -8, -16, 64];
    private static readonly int[] LongStrides = [8, -8, 16, 64, -64, 256, 2047];
    private static readonly Opcode[] Accesses =
    [
        Opcode.Lb, Opcode.Lh, Opcode.Lw, Opcode.Ld, Opcode.Ld, Opcode.Lbu, Opcode.Lhu, Opcode.Lwu,
        Opcode.Sb, Opcode.Sh, Opcode.Sw, Opcode.Sd, Opcode.Sd,
    ];

    /// <summary>A loop.</summary>
    /// <param name="writable">The registers that it may write; x0 among them.</param>
    /// <param name="isOuter">Whether it may run long, or until it faults.</param>
    /// <param name="body">Makes a body of several blocks, of which the loop uses some.</param>
    public MarchNode Next(RegisterSet writable, bool isOuter, Func<RegisterSet, IReadOnlyList<Node>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var usable = writable.Without(baseRegister).Without(options.HostRegister);
        var pointer = usable.Pick(random);
        var counter = usable.Without(pointer).Pick(random);
        var inner = writable.Without(pointer).Without(counter);
        var faults = isOuter && options.WildAccessesPerThousand > 0 && random.Chance(1, 4);
        var stride = random.Pick<int>(faults ? LongStrides : Strides);
        var count = faults ? random.Between(500, 2047) : random.Between(1, options.ScratchAbove / 2 / Math.Abs(stride));
        var start = stride > 0 ? random.Between(MaxAccessOffset - options.ScratchBelow, 64) : random.Between(192, 256);
        var (tail, branch, first) = Close(inner, pointer, counter, count, isEndless: faults && random.Chance(1, 2));
        var isOneBlock = random.Chance(3, 4);
        return new MarchNode(
            [Encoder.Make(Opcode.Addi, pointer, baseRegister, immediate: start), Encoder.Make(Opcode.Addi, counter, 0, 0, first)],
            isOneBlock ? Straight(inner) : body(inner),
            Access(inner, pointer),
            Straight(inner),
            [Encoder.Make(Opcode.Addi, pointer, pointer, immediate: stride), .. tail],
            branch,
            random.Chance(1, 2));
    }

    private List<Node> Straight(RegisterSet writable)
    {
        var nodes = new List<Node>();
        for (var left = random.Below(4); left > 0; left--)
        {
            nodes.Add(steps.Straight(writable));
        }

        return nodes;
    }

    private Instruction Access(RegisterSet writable, int pointer)
    {
        var opcode = random.Pick<Opcode>(Accesses);
        var offset = random.Between(-MaxAccessOffset, MaxAccessOffset - 8);
        if (opcode >= Opcode.Sb)
        {
            return Encoder.Make(opcode, 0, pointer, random.Chance(1, 8) ? 0 : options.Registers.Pick(random), offset);
        }

        var destination = writable.Without(baseRegister).Pick(random);
        return Encoder.Make(opcode, random.Chance(1, 8) ? 0 : destination, pointer, 0, offset);
    }

    /// <summary>What counts and goes back, and the counter's first value.</summary>
    private (Instruction[] Tail, Instruction Branch, int First) Close(
        RegisterSet inner, int pointer, int counter, int count, bool isEndless)
    {
        if (isEndless)
        {
            // Each of these is always taken: nothing is mapped where the pointer would be zero.
            var always = random.Below(3) switch
            {
                0 => Encoder.Make(Opcode.Jal),
                1 => Encoder.Make(Opcode.Bgeu, rs1: pointer),
                _ => Encoder.Make(Opcode.Bne, rs1: pointer),
            };
            return ([], always, 0);
        }

        if (random.Chance(1, 2))
        {
            return ([Encoder.Make(Opcode.Addi, counter, counter, immediate: -1)], Encoder.Make(Opcode.Bne, rs1: counter), count);
        }

        var less = inner.Pick(random);
        var compare = Encoder.Make(random.Chance(1, 2) ? Opcode.Sltiu : Opcode.Slti, less, counter, immediate: count);
        return ([Encoder.Make(Opcode.Addi, counter, counter, immediate: 1), compare], Encoder.Make(Opcode.Bne, rs1: less), 0);
    }
}

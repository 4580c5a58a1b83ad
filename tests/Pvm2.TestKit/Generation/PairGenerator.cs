using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.Generation;

/// <summary>
/// Makes what compilers of guests write again and again and compilers of machine code make one instruction of: both
/// halves of a product, sums with their carries, constants in two parts, shifts there and back, comparisons that are
/// branched on. The registers come from so small a pool that destinations and sources overlap in every way, and some
/// of the instructions are not quite what they should be to belong together.
/// </summary>
/// <param name="random">Where its choices come from.</param>
/// <param name="options">What may occur.</param>
/// <param name="baseRegister">The register that points to the memory to work on; nothing writes it.</param>
public sealed class PairGenerator(Prng random, GeneratorOptions options, int baseRegister)
{
    private const int PoolSize = 3;

    private static readonly Opcode[] Comparisons = [Opcode.Slt, Opcode.Sltu, Opcode.Slti, Opcode.Sltiu];
    private static readonly Opcode[] HighProducts = [Opcode.Mulhu, Opcode.Mulhu, Opcode.Mulh, Opcode.Mulhsu];
    private static readonly Opcode[] Additions = [Opcode.Add, Opcode.Add, Opcode.Sub, Opcode.Addw, Opcode.Subw];
    private static readonly int[] ShiftAmounts = [0, 1, 3, 16, 31, 32, 32, 33, 48, 56, 63];
    private readonly int[] _pool = new int[PoolSize];

    /// <summary>Two to four instructions in a row that belong together, or nearly.</summary>
    /// <param name="writable">The registers that they may write; x0 among them. The base register is left out.</param>
    public IReadOnlyList<Instruction> Next(RegisterSet writable)
    {
        while (true)
        {
            FillPool(writable);
            var instructions = Shape();
            if (!instructions.Any(i => options.Excluded.Contains(i.Opcode)))
            {
                return [.. instructions.Select(Shorten)];
            }
        }
    }

    /// <summary>A comparison and a branch that, mostly, asks whether its result is zero.</summary>
    /// <param name="writable">The registers that the comparison may write.</param>
    public (Instruction Comparison, Instruction Branch) CompareAndBranch(RegisterSet writable)
    {
        FillPool(writable);
        var result = Destination();
        var comparison = Comparison(result);
        var branch = random.Below(8) switch
        {
            <= 2 => Encoder.Make(Opcode.Bne, rs1: result),
            <= 5 => Encoder.Make(Opcode.Beq, rs1: result),
            6 => Encoder.Make(random.Pick<Opcode>([Opcode.Beq, Opcode.Bne, Opcode.Bltu, Opcode.Bge]), rs1: 0, rs2: result),
            _ => Encoder.Make(random.Pick<Opcode>([Opcode.Blt, Opcode.Bgeu, Opcode.Bne]), rs1: Source(), rs2: Source()),
        };
        return (comparison, branch);
    }

    private Instruction[] Shape() => random.Below(12) switch
    {
        0 or 1 => Product(),
        2 or 3 => Carry(),
        4 => Borrow(),
        5 => Constant(),
        6 or 7 => Shifts(),
        8 => Division(),
        9 => Selection(),
        10 => Twice(),
        _ => Chain(),
    };

    /// <summary>Both halves of a product, in either order, from the same sources in either order.</summary>
    private Instruction[] Product()
    {
        var (left, right) = (Source(), Source());
        var low = Encoder.Make(Opcode.Mul, Destination(), left, right);
        var high = random.Chance(1, 3)
            ? Encoder.Make(random.Pick<Opcode>(HighProducts), Destination(), right, left)
            : Encoder.Make(random.Pick<Opcode>(HighProducts), Destination(), left, right);
        return InEitherOrder(low, high);
    }

    /// <summary>A sum, whether it overflowed, and perhaps what the carry is added to or taken from.</summary>
    private Instruction[] Carry()
    {
        var (sum, left, right) = (Destination(), Source(), Source());
        var add = random.Chance(1, 5)
            ? Encoder.Make(Opcode.Addi, sum, left, immediate: Immediate())
            : Encoder.Make(Opcode.Add, sum, left, right);
        var carry = Destination();
        var compare = random.Below(6) switch
        {
            <= 2 => Encoder.Make(Opcode.Sltu, carry, sum, left),
            3 => Encoder.Make(Opcode.Sltu, carry, sum, right),
            4 => Encoder.Make(random.Pick<Opcode>(Comparisons.AsSpan(0, 2)), carry, left, sum),
            _ => Encoder.Make(Opcode.Sltiu, carry, sum, immediate: Immediate()),
        };
        return random.Chance(1, 2) ? [add, compare] : [add, compare, WithCarry(carry)];
    }

    /// <summary>Whether a difference borrows, the difference, and what the borrow is taken from.</summary>
    private Instruction[] Borrow()
    {
        var (left, right, borrow) = (Source(), Source(), Destination());
        var compare = Encoder.Make(Opcode.Sltu, borrow, left, right);
        return random.Below(3) switch
        {
            0 => [compare, WithCarry(borrow)],
            1 => [compare, Encoder.Make(Opcode.Sub, Destination(), left, right), WithCarry(borrow)],
            _ => [Encoder.Make(Opcode.Sub, Destination(), left, right), compare, WithCarry(borrow)],
        };
    }

    private Instruction WithCarry(int carry)
    {
        var opcode = random.Pick<Opcode>(Additions);
        return random.Chance(2, 3)
            ? Encoder.Make(opcode, Destination(), Source(), carry)
            : Encoder.Make(opcode, Destination(), carry, Source());
    }

    private Instruction[] Constant()
    {
        var register = Destination();
        var upper = random.Chance(1, 4)
            ? random.Pick<int>([0, 0x7FFF_F000, int.MinValue, -4096, 4096])
            : (int)random.Next() & ~0xFFF;
        var lower = random.Pick<Opcode>([Opcode.Addi, Opcode.Addi, Opcode.Addiw, Opcode.Xori]);
        return
        [
            Encoder.Make(Opcode.Lui, register, immediate: upper),
            Encoder.Make(lower, random.Chance(3, 4) ? register : Destination(), MostlySame(register), immediate: Immediate()),
        ];
    }

    /// <summary>A shift to the left and one to the right, mostly by as much, which clears or copies bits.</summary>
    private Instruction[] Shifts()
    {
        var isWord = random.Chance(1, 4);
        var (first, second) = (Destination(), Destination());
        var amount = random.Pick<int>(ShiftAmounts);
        var other = random.Chance(2, 3) ? amount : random.Pick<int>(ShiftAmounts);
        var left = isWord ? Opcode.Slliw : Opcode.Slli;
        var right = isWord
            ? random.Pick<Opcode>([Opcode.Srliw, Opcode.Sraiw])
            : random.Pick<Opcode>([Opcode.Srli, Opcode.Srli, Opcode.Srai]);
        return
        [
            Encoder.Make(left, first, Source(), immediate: isWord ? amount & 31 : amount),
            Encoder.Make(right, random.Chance(2, 3) ? first : second, MostlySame(first), immediate: isWord ? other & 31 : other),
        ];
    }

    private Instruction[] Division()
    {
        var (left, right) = (Source(), Source());
        var (quotient, rest) = random.Pick<(Opcode, Opcode)>(
            [(Opcode.Div, Opcode.Rem), (Opcode.Divu, Opcode.Remu), (Opcode.Divw, Opcode.Remw), (Opcode.Divuw, Opcode.Remuw)]);
        return InEitherOrder(
            Encoder.Make(quotient, Destination(), left, right), Encoder.Make(rest, Destination(), left, right));
    }

    /// <summary>One of two values: each cleared or kept by the same condition, and both joined.</summary>
    private Instruction[] Selection()
    {
        var (condition, left, right) = (Source(), Destination(), Destination());
        return
        [
            Encoder.Make(Opcode.CzeroEqz, left, Source(), condition),
            Encoder.Make(Opcode.CzeroNez, right, Source(), condition),
            Encoder.Make(random.Chance(1, 2) ? Opcode.Or : Opcode.Add, Destination(), left, right),
        ];
    }

    private Instruction[] Twice()
    {
        var instruction = Operation(Destination(), Source(), Source());
        return [instruction, instruction];
    }

    /// <summary>Three operations, each on the result of the one before.</summary>
    private Instruction[] Chain()
    {
        var (first, second) = (Destination(), Destination());
        return
        [
            Operation(first, Source(), Source()),
            Operation(second, first, Source()),
            random.Chance(1, 3) ? Comparison(Destination()) : Operation(Destination(), Source(), second),
        ];
    }

    private Instruction Operation(int destination, int left, int right) => Encoder.Make(
        random.Pick<Opcode>(
        [
            Opcode.Add, Opcode.Sub, Opcode.And, Opcode.Or, Opcode.Xor, Opcode.Sltu, Opcode.Mul, Opcode.Addw, Opcode.Sll,
            Opcode.Srl, Opcode.Andn, Opcode.Sh3add, Opcode.AddUw, Opcode.Ror, Opcode.Minu,
        ]),
        destination,
        left,
        right);

    private Instruction Comparison(int destination)
    {
        var opcode = random.Pick<Opcode>(Comparisons);
        return opcode is Opcode.Slt or Opcode.Sltu
            ? Encoder.Make(opcode, destination, Source(), Source())
            : Encoder.Make(opcode, destination, Source(), immediate: Immediate());
    }

    private Instruction[] InEitherOrder(in Instruction first, in Instruction second) =>
        random.Chance(1, 2) ? [first, second] : [second, first];

    private Instruction Shorten(Instruction instruction) =>
        random.Chance(1, 2) && Encoder.TryCompress(instruction, out var small) ? small : instruction;

    private int Immediate() => random.Chance(1, 3)
        ? random.Pick<int>([0, 1, -1, 2047, -2048])
        : random.Between(-2048, 2047);

    private void FillPool(RegisterSet writable)
    {
        for (var i = 0; i < _pool.Length; i++)
        {
            _pool[i] = writable.Without(baseRegister).Pick(random);
        }
    }

    private int Destination() => random.Chance(1, 12) ? 0 : random.Pick<int>(_pool);

    private int Source() => random.Below(16) switch
    {
        0 or 1 => 0,
        2 => baseRegister,
        3 or 4 => options.Registers.Pick(random),
        _ => random.Pick<int>(_pool),
    };

    private int MostlySame(int register) => random.Chance(5, 6) ? register : Source();
}

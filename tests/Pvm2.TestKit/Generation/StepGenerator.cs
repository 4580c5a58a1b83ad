using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.Generation;

/// <summary>Makes random instructions in a row, from the rows of the instruction table.</summary>
public sealed class StepGenerator
{
    private readonly Prng _random;
    private readonly GeneratorOptions _options;
    private readonly int _base;
    private readonly PairGenerator _pairs;
    private readonly InstructionDescriptor[] _rows;
    private readonly InstructionDescriptor[] _accesses;

    /// <summary>Prepares a generator.</summary>
    /// <param name="random">Where its choices come from.</param>
    /// <param name="options">What may occur.</param>
    /// <param name="baseRegister">The register that points to the memory to work on; nothing writes it.</param>
    public StepGenerator(Prng random, GeneratorOptions options, int baseRegister)
    {
        ArgumentNullException.ThrowIfNull(options);
        _random = random;
        _options = options;
        _base = baseRegister;
        _pairs = new PairGenerator(random, options, baseRegister);
        _rows = [.. InstructionTable.Rows[1..].ToArray().Where(IsPlain)];
        _accesses = [.. InstructionTable.Rows[1..].ToArray()
            .Where(row => row.Family is InstructionFamily.Load or InstructionFamily.Store)];
    }

    /// <summary>One step: mostly an instruction that computes, every third time a memory access.</summary>
    /// <param name="writable">The registers that it may write; x0 among them. The base register is left out.</param>
    public StepNode Next(RegisterSet writable)
    {
        if (_random.Below(1000) < _options.WildAccessesPerThousand)
        {
            return Wild(writable);
        }

        if (_random.Below(1000) < _options.TrapsPerThousand)
        {
            return new StepNode([Encoder.Make(Opcode.Trap)]);
        }

        if (_options.Custom && _random.Chance(1, 16))
        {
            return new StepNode([_random.Chance(1, 3)
                ? Encoder.Make(Opcode.Ecalli, immediate: _random.Between(-2048, 2047))
                : Encoder.Make(Opcode.Fallthrough)]);
        }

        return Straight(writable);
    }

    /// <summary>One step that neither jumps nor ends a block, and faults nowhere.</summary>
    /// <param name="writable">The registers that it may write; x0 among them. The base register is left out.</param>
    public StepNode Straight(RegisterSet writable)
    {
        if (_options.PairsPerThousand > 0 && _random.Below(1000) < _options.PairsPerThousand)
        {
            return new StepNode(_pairs.Next(writable));
        }

        return _random.Chance(1, 3) ? Access(writable) : new StepNode([Compute(writable)]);
    }

    /// <summary>A comparison and a branch on its result, without its displacement.</summary>
    /// <param name="writable">The registers that it may write; x0 among them. The base register is left out.</param>
    public (StepNode Comparison, Instruction Branch) CompareAndBranch(RegisterSet writable)
    {
        var (comparison, branch) = _pairs.CompareAndBranch(writable);
        return (new StepNode([comparison]), branch);
    }

    /// <summary>A random conditional branch, without its displacement.</summary>
    public Instruction Branch()
    {
        ReadOnlySpan<Opcode> opcodes = [Opcode.Beq, Opcode.Bne, Opcode.Blt, Opcode.Bge, Opcode.Bltu, Opcode.Bgeu];
        var first = _options.Registers.Pick(_random);
        var second = _random.Chance(1, 3) ? 0 : _options.Registers.Pick(_random);
        return Encoder.Make(_random.Pick(opcodes), rs1: first, rs2: second);
    }

    private bool IsPlain(InstructionDescriptor row) => row.IsLegalIn(_options.Profile)
        && row.Family is InstructionFamily.Arithmetic or InstructionFamily.MultiplyDivide or InstructionFamily.NoOperation
        && row.Opcode != Opcode.Fallthrough
        && (_options.CodeAddresses || row.Opcode != Opcode.Auipc)
        && !_options.Excluded.Contains(row.Opcode);

    private Instruction Compute(RegisterSet writable) => FillOneOf(_rows, writable);

    /// <summary>
    /// Tries a row with many operands before it goes to the next, so that rows are equally likely; some may have none
    /// that are allowed, such as c.addi16sp where sp is the base.
    /// </summary>
    private Instruction FillOneOf(InstructionDescriptor[] rows, RegisterSet writable)
    {
        while (true)
        {
            var row = _random.Pick<InstructionDescriptor>(rows);
            for (var tries = 0; tries < 100; tries++)
            {
                var instruction = Fill(row);
                if (instruction.Row == row.Row && IsAllowed(instruction, writable))
                {
                    return instruction;
                }
            }
        }
    }

    private bool IsAllowed(in Instruction i, RegisterSet writable) =>
        !i.IsIllegal
        && _options.Registers.Contains(i.Rs1)
        && _options.Registers.Contains(i.Rs2)
        && (i.Rd == 0 || (i.Rd != _base && writable.Contains(i.Rd)));

    /// <summary>
    /// Random operand bits; the top bit of register fields is cleared where the format has them. What they decode to
    /// may be of another row: a c.mv from x0 is a c.jr.
    /// </summary>
    private Instruction Fill(InstructionDescriptor row)
    {
        var bits = row.Match | ((uint)_random.Next() & ~row.Mask);
        if (row.IsCompressed)
        {
            return Decoder.DecodeHalfword((ushort)bits, _options.Profile);
        }

        var highRegisterBits = row.Format switch
        {
            OperandFormat.Register => 0x0108_0800u,
            OperandFormat.Upper => 0x0000_0800u,
            OperandFormat.Fence => 0u,
            _ => 0x0008_0800u,
        };
        return Decoder.DecodeWord(bits & ~(highRegisterBits & ~row.Mask), _options.Profile);
    }

    /// <summary>An access inside the scratch memory, at an offset from the base register or at a computed address.</summary>
    private StepNode Access(RegisterSet writable)
    {
        var row = _random.Pick<InstructionDescriptor>(_accesses);
        var direct = _random.Chance(1, 2);
        for (var tries = 0; tries < 200; tries++)
        {
            var prefix = new List<Instruction>();
            var pointer = _base;
            var reach = 0;
            if (!direct)
            {
                pointer = writable.Without(_base).Pick(_random);
                reach = Point(pointer, prefix);
            }

            var offset = _random.Between(-_options.ScratchBelow, _options.ScratchAbove - reach - 8);
            if (row.IsCompressed)
            {
                offset &= ~(row.Opcode is Opcode.Ld or Opcode.Sd ? 7 : 3);
            }

            var data = _random.Chance(1, 16) ? 0 : _random.Between(1, 15);
            var access = row.Family == InstructionFamily.Load
                ? new Instruction(row.Opcode, row.Row, row.Length, (byte)data, (byte)pointer, 0, offset)
                : new Instruction(row.Opcode, row.Row, row.Length, 0, (byte)pointer, (byte)data, offset);
            if (IsAllowed(access, writable) && Encoder.TryEncode(access, out _))
            {
                return new StepNode([.. prefix, access]);
            }
        }

        return new StepNode([Compute(writable)]);
    }

    /// <summary>Puts base + something into a register.</summary>
    /// <returns>The most that was added.</returns>
    private int Point(int pointer, List<Instruction> into)
    {
        var source = _options.Registers.Pick(_random);
        switch (_random.Below(3))
        {
            case 0:
                into.Add(Encoder.Make(Opcode.Andi, pointer, source, immediate: 255));
                into.Add(Encoder.Make(Opcode.Add, pointer, pointer, _base));
                return 255;
            case 1:
                into.Add(Encoder.Make(Opcode.Bexti, pointer, source, immediate: _random.Below(64)));
                into.Add(Encoder.Make(Opcode.Sh3add, pointer, pointer, _base));
                return 8;
            default:
                var constant = _random.Below(128);
                into.Add(Encoder.Make(Opcode.Addi, pointer, _base, immediate: constant));
                return constant;
        }
    }

    /// <summary>An access through whatever a register holds.</summary>
    private StepNode Wild(RegisterSet writable) => new([FillOneOf(_accesses, writable)]);
}

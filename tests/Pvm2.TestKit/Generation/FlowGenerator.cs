using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.TestKit.Generation;

/// <summary>Writes the code of a <see cref="FlowGuest"/>: a main loop, and functions that call each other.</summary>
internal sealed partial class FlowGenerator
{
    // So many instructions and blocks that branches reach everything in their function: 4 KiB.
    private const int MaxInstructionsOfFunction = 400;
    private const int MaxBlocksOfFunction = 20;
    private const int FrameSize = 16;

    // Handles of tables and places of addresses are made of so many bits of the choice.
    private const int MaxChoiceBits = 10;

    private readonly Prng _random;
    private readonly FlowOptions _options;
    private readonly RandomLayout _layout;
    private readonly FlowRegisters _registers;
    private readonly StepGenerator _steps;
    private readonly CodeBuilder _builder = new();
    private readonly List<FlowFunction> _functions = [];

    // Static: where calls return to. Xjar: labels whose addresses lie in read-only data.
    private readonly List<int> _sharedReturns = [];
    private readonly List<int> _addresses = [];
    private readonly List<int> _allBlocks = [];
    private readonly int _sharedTable;

    internal FlowGenerator(Prng random, FlowOptions options, RandomLayout layout, FlowRegisters registers)
    {
        _random = random;
        _options = options;
        _layout = layout;
        _registers = registers;
        _steps = new StepGenerator(random, StepOptions(), registers.Base);
        _sharedTable = _builder.AddTable(_sharedReturns);
        PlanFunctions();
    }

    /// <summary>How many instructions were written.</summary>
    internal int Instructions => _builder.Count;

    private bool IsStatic => _options.Profile == Profile.Static;

    /// <summary>Writes everything.</summary>
    internal GeneratedCode Generate()
    {
        EmitMain();
        foreach (var function in _functions)
        {
            EmitFunction(function);
        }

        if (_random.Chance(1, 4))
        {
            // The end of the code, or an instruction that it cuts off, is reached by falling through.
            _builder.Emit(Encoder.Make(Opcode.Addi));
            if (!IsStatic && _random.Chance(1, 2))
            {
                _builder.EmitRaw(0x0013, 2);
            }
        }

        return _builder.Build();
    }

    /// <summary>In xjar, read-only data with the addresses of code that are jumped to by way of it.</summary>
    internal MemoryRegion PlaceAddresses(GeneratedCode code)
    {
        var region = _layout.ReadOnlyData;
        if (IsStatic)
        {
            return region;
        }

        var content = new byte[region.Size];
        region.CopyTo(0, content);
        for (var i = 0; i < _addresses.Count; i++)
        {
            BitConverter.TryWriteBytes(content.AsSpan(sizeof(uint) * i), AddressSpace.CodeBase + code.Labels[_addresses[i]]);
        }

        return new MemoryRegion(region.Address, region.Size, content);
    }

    private GeneratorOptions StepOptions() => new()
    {
        Profile = _options.Profile,
        Registers = (IsStatic ? RegisterSet.WithoutGlobalAndThreadPointer : RegisterSet.All),
        Custom = _random.Chance(1, 6),
        WildAccessesPerThousand = _options.WildAccessesPerThousand,
        PairsPerThousand = _options.PairsPerThousand,
    };

    private void PlanFunctions()
    {
        for (var left = _options.Blocks; left > 0;)
        {
            var blocks = Math.Min(left, _random.Between(1, MaxBlocksOfFunction));
            var labels = Enumerable.Range(0, blocks).Select(_ => _builder.NewLabel()).ToArray();
            var returns = new List<int>();
            _functions.Add(new FlowFunction(labels, returns, _options.SharesReturns || !IsStatic ? _sharedTable : _builder.AddTable(returns))
            {
                IsLeaf = _random.Chance(1, 3),
            });
            _allBlocks.AddRange(labels);
            left -= blocks;
        }
    }

    private void EmitFunction(FlowFunction function)
    {
        var longBlock = _random.Below(1000) < _options.LongBlocksPerThousand;
        var labels = longBlock ? function.Labels[..1] : function.Labels;
        var limit = _builder.Count + MaxInstructionsOfFunction;
        for (var i = 0; i < labels.Length; i++)
        {
            _builder.Mark(labels[i]);
            if (i == 0 && !function.IsLeaf)
            {
                Emit(Opcode.Addi, _registers.Stack, _registers.Stack, 0, -FrameSize);
                Emit(Opcode.Sd, 0, _registers.Stack, _registers.Link, 0);
            }

            if (longBlock)
            {
                EmitLongBlock();
            }
            else
            {
                EmitSteps(_random.Below(_options.MaxSteps + 1), limit);
            }

            if (i + 1 < labels.Length)
            {
                EmitEnd(function, i);
            }
            else
            {
                EmitReturn(function);
            }
        }

        // The others of a function that is one long block: each its own little end.
        foreach (var label in function.Labels[labels.Length..])
        {
            _builder.Mark(label);
            EmitReturn(function);
        }
    }

    /// <summary>
    /// A loop of calls to functions that a number chooses, each with new fuel. Its counter is in main's frame.
    /// </summary>
    private void EmitMain()
    {
        var (loop, after, turns) = (_builder.NewLabel(), _builder.NewLabel(), Math.Min(2047, 4 * _functions.Count));
        Emit(Opcode.Addi, _registers.Stack, _registers.Stack, 0, -FrameSize);
        Emit(Opcode.Addi, _registers.Scratch, 0, 0, turns);
        Emit(Opcode.Sd, 0, _registers.Stack, _registers.Scratch, 8);
        _builder.EmitTo(loop, Encoder.Make(Opcode.Jal), _random.Chance(1, 2));
        _builder.Mark(loop);
        Emit(Opcode.Addi, _registers.Fuel, 0, 0, _random.Between(2, 60));
        EmitCallByHandle([.. _functions.Select(function => function.Entry)], after);
        _builder.Mark(after);
        Emit(Opcode.Ld, _registers.Scratch, _registers.Stack, 0, 8);
        Emit(Opcode.Addi, _registers.Scratch, _registers.Scratch, 0, -1);
        Emit(Opcode.Sd, 0, _registers.Stack, _registers.Scratch, 8);
        _builder.EmitTo(loop, Encoder.Make(Opcode.Bne, rs1: _registers.Scratch), _random.Chance(1, 2));
        EmitFinal();
    }

    private void Emit(Opcode opcode, int rd, int rs1, int rs2 = 0, int immediate = 0) =>
        _builder.Emit(Encoder.Make(opcode, rd, rs1, rs2, immediate), _random.Chance(1, 2));
}

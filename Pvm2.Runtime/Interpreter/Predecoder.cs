using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Memory;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Interpreter;

/// <summary>
/// Turns the code of a program into slots: operands become offsets, targets distances, no-ops vanish, and what
/// panics becomes a panic. The passes are those of <see cref="Predecode"/>.
/// </summary>
/// <remarks>
/// With metering a block begins with a slot for its gas. Without, blocks that some loop goes through begin with one
/// that looks whether to stop. The end of the code is a block of its own that panics and costs nothing.
/// </remarks>
internal sealed unsafe partial class Predecoder
{
    /// <summary>Where calls use up the stack, it is given back after so many slots.</summary>
    private const int StackSlots = 128;

    private readonly GuestProgram _program;
    private readonly BasicBlockMap _blocks;
    private readonly MemoryLayout _memory;
    private readonly BlockCosts _costs;
    private readonly bool _isMetered;
    private readonly List<Operation> _operations = [];
    private readonly List<OperationCode> _codes = [];
    private readonly List<uint> _offsets = [];
    private readonly List<Jump> _jumps = [];
    private readonly List<int> _tableJumps = [];
    private readonly int[] _blockSlots;
    private readonly bool[] _polls;
    private int _slotsSinceReturn;

    private Predecoder(Module module, BlockCosts costs)
    {
        _program = module.Program;
        _blocks = module.Blocks;
        _memory = module.Memory;
        _costs = costs;
        _isMetered = costs.Model != GasModel.None;
        _blockSlots = new int[_blocks.Count + 1];

        // What most programs need; where it is too little, the lists grow.
        var capacity = _blocks.Count + (_program.Code.Length / 3);
        _operations.EnsureCapacity(capacity);
        _codes.EnsureCapacity(capacity);
        _offsets.EnsureCapacity(capacity);
        _polls = new bool[_blocks.Count];
    }

    /// <summary>Predecodes a program.</summary>
    /// <param name="module">The program.</param>
    /// <param name="costs">The prices of its blocks.</param>
    /// <param name="registry">The handlers there are.</param>
    internal static PredecodedProgram Predecode(Module module, BlockCosts costs, HandlerRegistry registry)
    {
        var predecoder = new Predecoder(module, costs);
        predecoder.FindPolls();
        predecoder.AddBlocks();
        predecoder.ResolveJumps();
        return predecoder.Finish(registry);
    }

    /// <summary>Marks the blocks that jumps go back to: any loop has one, or a jalr, which looks for itself.</summary>
    private void FindPolls()
    {
        if (_isMetered)
        {
            return;
        }

        var code = _program.Code.Span;
        for (var offset = 0; offset < code.Length;)
        {
            var instruction = Decoder.Decode(code, offset, _program.Profile);
            var goesBack = instruction.Operation.Family is InstructionFamily.Branch or InstructionFamily.Jump
                && instruction.Immediate <= 0;
            var target = goesBack ? _blocks.IndexOf((uint)(offset + instruction.Immediate)) : -1;
            if (target >= 0)
            {
                _polls[target] = true;
            }

            offset += instruction.Length;
        }

        foreach (var entry in _program.JumpTables.Entries.Span)
        {
            _polls[_blocks.IndexOf(entry)] = true;
        }
    }

    private void AddBlocks()
    {
        var code = _program.Code.Span;
        var offset = 0;
        for (var block = 0; block < _blocks.Count; block++)
        {
            _blockSlots[block] = _operations.Count;
            AddBlockEntry(_costs[block], _blocks.Starts[block], _polls[block]);
            for (var end = block + 1 < _blocks.Count ? (int)_blocks.Starts[block + 1] : code.Length; offset < end;)
            {
                var instruction = Decoder.Decode(code, offset, _program.Profile);
                AddInstruction(instruction, (uint)offset);
                offset += instruction.Length;
                if (_blockSlots[block] == _operations.Count)
                {
                    // The block begins with a no-op, but a run may stop and go on here, and needs a slot for that.
                    Add(OperationCode.Poll, default, _blocks.Starts[block]);
                }
            }
        }

        _blockSlots[^1] = _operations.Count;
        AddBlockEntry(0, (uint)code.Length, polls: false);
        Add(OperationCode.Panic, default, (uint)code.Length);
    }

    private void AddBlockEntry(ulong cost, uint offset, bool polls)
    {
        if (_isMetered)
        {
            var fits = cost <= uint.MaxValue;
            Add(OperationCode.Charge, new Operation { Cost = fits ? (uint)cost : 0 }, offset);
            if (!fits)
            {
                Add(OperationCode.ChargeMuch, default, offset);
                Add(OperationCode.Operands, new Operation { Number = cost }, offset);
            }
        }
        else if (polls)
        {
            Add(OperationCode.Poll, default, offset);
        }
    }

    /// <summary>Turns targets into distances.</summary>
    private void ResolveJumps()
    {
        var operations = CollectionsMarshal.AsSpan(_operations);
        foreach (var (source, targetBlock) in _jumps)
        {
            operations[source].Immediate = _blockSlots[targetBlock] - source;
        }
    }

    private PredecodedProgram Finish(HandlerRegistry registry)
    {
        var operations = GC.AllocateUninitializedArray<Operation>(_operations.Count, pinned: true);
        _operations.CopyTo(operations);
        foreach (ref var operation in operations.AsSpan())
        {
            operation.Handler = &Handlers.Link;
        }

        return new PredecodedProgram(
            _program.CodeBase,
            (uint)_program.Code.Length,
            operations,
            Fusion.ChooseHandlers(CollectionsMarshal.AsSpan(_codes), registry),
            [.. _offsets],
            _blockSlots,
            MapBlocks(),
            PlaceTargets(operations));
    }

    /// <summary>In xjar, where any block may be the target of a jalr, finds blocks by address.</summary>
    private int[] MapBlocks()
    {
        if (_program.Profile == Profile.Static)
        {
            return [];
        }

        var map = GC.AllocateUninitializedArray<int>(_program.Code.Length / 2, pinned: true);
        Array.Fill(map, -1);
        for (var block = 0; block < _blocks.Count; block++)
        {
            map[_blocks.Starts[block] >> 1] = _blockSlots[block];
        }

        return map;
    }

    /// <summary>Points the table jumps to their targets.</summary>
    private nint[] PlaceTargets(Operation[] operations)
    {
        var entries = _program.JumpTables.Entries.Span;
        var targets = GC.AllocateUninitializedArray<nint>(entries.Length + 1, pinned: true);
        for (var i = 0; i < entries.Length; i++)
        {
            targets[i] = (nint)Unsafe.AsPointer(ref operations[_blockSlots[_blocks.IndexOf(entries[i])]]);
        }

        // The number of a table's first entry becomes its address.
        foreach (var slot in _tableJumps)
        {
            ref var operands = ref operations[slot + 1];
            operands.Targets = (Operation**)Unsafe.AsPointer(ref targets[(int)operands.Number]);
        }

        return targets;
    }

    private void Add(OperationCode code, in Operation operation, uint offset)
    {
        _operations.Add(operation);
        _codes.Add(code);
        _offsets.Add(offset);
    }

    /// <summary>The slot of a branch or jump, and the block that it goes to.</summary>
    private readonly record struct Jump(int Source, int TargetBlock);
}

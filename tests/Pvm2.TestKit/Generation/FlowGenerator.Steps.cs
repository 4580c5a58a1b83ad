using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.TestKit.Generation;

/// <summary>What is in blocks.</summary>
internal sealed partial class FlowGenerator
{
    private static readonly Opcode[] Accesses =
    [
        Opcode.Lb, Opcode.Lh, Opcode.Lw, Opcode.Ld, Opcode.Lbu, Opcode.Lhu, Opcode.Lwu, Opcode.Sb, Opcode.Sh, Opcode.Sw, Opcode.Sd,
    ];

    /// <summary>So many steps, or fewer where the code has as many instructions as it may.</summary>
    private void EmitSteps(int count, int limit)
    {
        for (var i = 0; i < count && _builder.Count < limit; i++)
        {
            if (_random.Below(1000) < _options.EdgesPerThousand)
            {
                EmitAccessAtEdge();
                continue;
            }

            Emit(_steps.Next(_registers.Data));
        }
    }

    private void Emit(StepNode step)
    {
        foreach (var instruction in step.Instructions)
        {
            _builder.Emit(instruction);
        }
    }

    /// <summary>Hundreds of instructions in one block: of any kind, or of the dearest ones, each waiting for the last.</summary>
    private void EmitLongBlock()
    {
        var count = _random.Chance(1, 8) ? _random.Between(1000, 3000) : _random.Between(100, 800);
        var isDear = _random.Chance(1, 3);
        var (first, second) = (_registers.Data.Pick(_random), _registers.Data.Pick(_random));
        for (var i = 0; i < count; i++)
        {
            if (isDear)
            {
                _builder.Emit(Encoder.Make(_random.Pick<Opcode>([Opcode.Div, Opcode.Remu, Opcode.Divw, Opcode.Mulhsu]), first, first, second));
                continue;
            }

            Emit(_steps.Straight(_registers.Data));
        }
    }

    /// <summary>
    /// An access at an end of a region, of the code, or of the address space, which may straddle it. The upper half of the
    /// address is garbage at times.
    /// </summary>
    private void EmitAccessAtEdge()
    {
        var opcode = _random.Pick<Opcode>(Accesses);
        var address = EdgeAddress(Width(opcode), isStore: opcode >= Opcode.Sb);
        var pointer = _registers.Scratch;
        var offset = _random.Chance(1, 3) ? 0 : _random.Between(-2048, 2047);
        EmitAddress(pointer, address - (uint)offset);
        if (_random.Chance(1, 3))
        {
            Emit(Opcode.Binvi, pointer, pointer, 0, _random.Between(32, 63));
        }

        var data = _random.Chance(1, 8) ? 0 : _registers.Data.Pick(_random);
        _builder.Emit(
            opcode >= Opcode.Sb
                ? Encoder.Make(opcode, 0, pointer, data, offset)
                : Encoder.Make(opcode, data, pointer, 0, offset),
            _random.Chance(1, 2));
    }

    private uint EdgeAddress(int width, bool isStore)
    {
        MemoryRegion[] regions = [.. Regions().Where(region => region.Size != 0)];
        var mayFault = _random.Below(1000) < _options.FaultsPerThousandEdges;
        while (true)
        {
            var region = _random.Pick<MemoryRegion>(regions);
            var edge = _random.Below(8) switch
            {
                0 when mayFault => 0UL,
                1 when mayFault => 1UL << 31,
                2 when mayFault => AddressSpace.CodeBase + (ulong)_random.Below(64),
                <= 4 => region.Address,
                5 => region.Address + (AddressSpace.PageSize * (ulong)_random.Below((int)region.Pages)),
                _ => region.End,
            };
            var address = (uint)(edge + (ulong)_random.Below(32) - 16);
            if (mayFault || IsAllowed(address, width, isStore))
            {
                return address;
            }
        }
    }

    private MemoryRegion[] Regions() => [_layout.ReadOnlyData, _layout.Stack, _layout.ReadWriteData, _layout.Heap];

    private bool IsAllowed(uint address, int width, bool isStore)
    {
        for (var i = 0U; i < width; i++)
        {
            var place = address + i;
            var regions = Regions().AsSpan(isStore ? 1 : 0);
            var found = false;
            foreach (var region in regions)
            {
                // Stores to the stack would change where functions return to.
                var isSafe = !isStore || region != _layout.Stack || place < region.Address + 256;
                found |= isSafe && place >= region.Address && place < region.End;
            }

            if (!found)
            {
                return false;
            }
        }

        return true;
    }

    private static int Width(Opcode opcode) => opcode switch
    {
        Opcode.Lb or Opcode.Lbu or Opcode.Sb => 1,
        Opcode.Lh or Opcode.Lhu or Opcode.Sh => 2,
        Opcode.Ld or Opcode.Sd => 8,
        _ => 4,
    };

    private void EmitAddress(int register, uint address) => EmitConstant(register, (int)address);

    private void EmitConstant(int register, int value)
    {
        var low = (value << 20) >> 20;
        Emit(Opcode.Lui, register, 0, 0, unchecked(value - low));
        Emit(Opcode.Addi, register, register, 0, low);
    }
}

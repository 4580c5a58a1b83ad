using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;
using static Pvm2.Runtime.Tests.Execution.Guest;

namespace Pvm2.Runtime.Tests.Execution;

/// <summary>
/// Loads and stores against a map with every kind of edge. For each access a model of bytes says what must happen.
/// </summary>
public sealed class PageFaultTests
{
    private static readonly (Opcode Opcode, int Size)[] Loads =
    [
        (Opcode.Lb, 1), (Opcode.Lbu, 1), (Opcode.Lh, 2), (Opcode.Lhu, 2), (Opcode.Lw, 4), (Opcode.Lwu, 4), (Opcode.Ld, 8),
    ];

    private static readonly (Opcode Opcode, int Size)[] Stores =
        [(Opcode.Sb, 1), (Opcode.Sh, 2), (Opcode.Sw, 4), (Opcode.Sd, 8)];

    public static TheoryData<Profile, string> Layouts => new()
    {
        { Profile.Static, "linked" },
        { Profile.Static, "scattered" },
        { Profile.Static, "top" },
        { Profile.Static, "constant" },
        { Profile.Static, "none" },
        { Profile.Xjar, "linked" },
        { Profile.Xjar, "scattered" },
        { Profile.Xjar, "none" },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Loads_read_what_is_there_or_fault_at_the_first_byte_that_is_not(Profile profile, string layout)
    {
        foreach (var (opcode, size) in Loads)
        {
            foreach (var rd in new[] { A0, Zero, A1 })
            {
                var guest = Map(profile, layout).Li(A2, 5).Emit(opcode, rd, A1).Li(A2, 6).Halt();
                using var instance = guest.Start(GasModel.Flat, 100_000);
                var model = new ByteModel(instance);
                foreach (var address in model.Edges())
                {
                    instance.Start();
                    instance.Registers[A0] = 0xDEAD;
                    instance.Registers[A1] = 0xFFFF_0000_0000_0000 | address;
                    var gas = instance.GasUsed;
                    var exit = instance.Run();

                    var fault = model.FirstFault(address, size, write: false);
                    if (fault is null)
                    {
                        Assert.Equal(ExitReason.Halt, exit.Reason);
                        var expected = rd == Zero ? 0 : model.Load(opcode, address, size);
                        Assert.Equal(expected, instance.Registers[rd]);
                        continue;
                    }

                    Assert.Equal(new Exit(ExitReason.PageFault, guest.CodeBase + 4, fault.Value), exit);
                    Assert.Equal((0xDEADUL, 0xFFFF_0000_0000_0000 | address), (instance.Registers[A0], instance.Registers[A1]));
                    Assert.Equal(5UL, instance.Registers[A2]);

                    // The whole block was charged: four instructions, or three where the halt has a block of its own.
                    Assert.Equal(profile == Profile.Static ? 4UL : 3UL, instance.GasUsed - gas);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Stores_write_all_of_their_bytes_or_none(Profile profile, string layout)
    {
        foreach (var (opcode, size) in Stores)
        {
            var guest = Map(profile, layout).Li(A2, 5).Emit(opcode, 0, A1, A0).Li(A2, 6).Halt();
            using var instance = guest.Start(GasModel.Flat, 100_000);
            var model = new ByteModel(instance);
            foreach (var address in model.Edges())
            {
                instance.Start();
                instance.Registers[A0] = 0xF1E2_D3C4_B5A6_9788;
                instance.Registers[A1] = address;
                var exit = instance.Run();

                var fault = model.FirstFault(address, size, write: true);
                if (fault is null)
                {
                    Assert.Equal(ExitReason.Halt, exit.Reason);
                    model.Store(address, size, 0xF1E2_D3C4_B5A6_9788);
                }
                else
                {
                    Assert.Equal(new Exit(ExitReason.PageFault, guest.CodeBase + 4, fault.Value), exit);
                    Assert.Equal(5UL, instance.Registers[A2]);
                }

                model.AssertEqualsMemory();
            }
        }
    }

    [Fact]
    public void Offsets_wrap_at_four_gibibytes_and_the_upper_half_of_the_base_never_counts()
    {
        var guest = new Guest().ReadWrite(0x1_0000, 0x1000, 0x11, 0x22).Stack(0xFFFF_F000, 0x1000);
        guest.Emit(Opcode.Lbu, A0, A1, 0, 1).Emit(Opcode.Lbu, A2, A3, 0, -1).Emit(Opcode.Sb, 0, A4, A0, 2047).Halt();
        using var instance = guest.Start();
        instance.Registers[A1] = 0x1234_5678_0001_0000;
        instance.Registers[A3] = 0xFFFF_FFFF_0001_0001;
        instance.Registers[A4] = 0xFFFF_FFFF_FFFF_F800;
        Assert.Equal(ExitReason.Halt, instance.Run().Reason);
        Assert.Equal((0x22UL, 0x11UL), (instance.Registers[A0], instance.Registers[A2]));
        Assert.True(instance.Memory.TryReadUInt64(0xFFFF_FFF8, out var top));
        Assert.Equal(0x2200_0000_0000_0000UL, top);
    }

    [Fact]
    public void A_fault_is_terminal()
    {
        using var instance = new Guest().Emit(Opcode.Lb).Halt().Start();
        Assert.Equal(new Exit(ExitReason.PageFault, 0), instance.Run());
        Assert.Throws<InvalidOperationException>(() => instance.Run());
    }

    private static Guest Map(Profile profile, string layout)
    {
        var guest = new Guest(profile);
        var data = guest.DataBase;
        byte[] content = [.. Enumerable.Range(0, 0x1000).Select(i => (byte)(i * 37 >> 3))];
        return layout switch
        {
            // As the linker does it: no gaps, the stack between what is constant and what is not.
            "linked" => guest.ReadOnly(data, 0x1000, content).Stack(data + 0x1000, 0x2000)
                .ReadWrite(data + 0x3000, 0x1000, content).Heap(data + 0x4000, 0x1000),
            // Constant pages above a heap they touch, and gaps elsewhere.
            "scattered" => guest.Stack(data + 0x10_0000, 0x1000).ReadWrite(data, 0x1000, content)
                .Heap(data + 0x3000, 0x4000).ReadOnly(data + 0x7000, 0x1000, content),
            "top" => guest.Stack(0xFFFF_E000, 0x2000).ReadOnly(0xFFFF_D000, 0x1000, content).ReadWrite(data, 0x1000),
            "constant" => guest.ReadOnly(data + 0x5000, 0x1000, content),
            _ => guest,
        };
    }

    /// <summary>What bytes a guest sees, kept byte by byte.</summary>
    private sealed class ByteModel
    {
        private readonly Instance _instance;
        private readonly Dictionary<uint, byte> _bytes = [];
        private readonly HashSet<uint> _writablePages = [];
        private readonly SortedSet<uint> _edges = [0, 0xFFFF, 0x1_0000, AddressSpace.CodeBase, AddressSpace.DataBase, 0xFFFF_F000];

        internal ByteModel(Instance instance)
        {
            _instance = instance;
            var program = instance.Module.Program;
            foreach (var region in program.Regions)
            {
                var bytes = new byte[region.Size];
                region.CopyTo(0, bytes);
                Add(region.Address, bytes, region != program.ReadOnlyData);
            }

            if (program.Profile == Profile.Xjar)
            {
                var code = new byte[0x1000];
                program.Code.CopyTo(code);
                Add(AddressSpace.CodeBase, code, writable: false);
            }
        }

        internal IEnumerable<uint> Edges() =>
            from edge in _edges from distance in Enumerable.Range(-9, 18) select edge + (uint)distance;

        internal uint? FirstFault(uint address, int size, bool write)
        {
            for (var i = 0u; i < size; i++)
            {
                var at = address + i;
                if (!_bytes.ContainsKey(at) || (write && !_writablePages.Contains(at >> 12)))
                {
                    return at;
                }
            }

            return null;
        }

        internal ulong Load(Opcode opcode, uint address, int size)
        {
            var value = 0UL;
            for (var i = 0; i < size; i++)
            {
                value |= (ulong)_bytes[address + (uint)i] << (8 * i);
            }

            var unused = 64 - (8 * size);
            return opcode is Opcode.Lbu or Opcode.Lhu or Opcode.Lwu ? value : (ulong)((long)(value << unused) >> unused);
        }

        internal void Store(uint address, int size, ulong value)
        {
            for (var i = 0; i < size; i++)
            {
                _bytes[address + (uint)i] = (byte)(value >> (8 * i));
            }
        }

        internal void AssertEqualsMemory()
        {
            Span<byte> page = stackalloc byte[0x1000];
            foreach (var number in _bytes.Keys.Select(address => address >> 12).Distinct())
            {
                Assert.True(_instance.Memory.TryRead(number << 12, page));
                for (var i = 0; i < page.Length; i++)
                {
                    if (page[i] != _bytes[(number << 12) + (uint)i])
                    {
                        Assert.Fail($"0x{(number << 12) + i:x} holds 0x{page[i]:x2}, not 0x{_bytes[(number << 12) + (uint)i]:x2}");
                    }
                }
            }
        }

        private void Add(uint address, byte[] bytes, bool writable)
        {
            for (var i = 0u; i < bytes.Length; i++)
            {
                _bytes[address + i] = bytes[i];
                if ((i & 0xFFF) == 0)
                {
                    _edges.Add(address + i);
                    if (writable)
                    {
                        _writablePages.Add((address + i) >> 12);
                    }
                }
            }

            _edges.Add(address + (uint)bytes.Length);
        }
    }
}

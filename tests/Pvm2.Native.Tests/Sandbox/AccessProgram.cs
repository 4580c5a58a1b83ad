using System.Globalization;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Generation;

namespace Pvm2.Native.Tests.Sandbox;

/// <summary>
/// A program of many entry points, each of which forms an address, makes one access with it and then another, and
/// calls the host. Its memory ends at 2^31 and at 2^32.
/// </summary>
internal sealed class AccessProgram
{
    private const uint LastPage = unchecked((uint)-(int)AddressSpace.PageSize);

    private static readonly int[] Immediates = [-2048, -2047, -8, -7, -1, 0, 1, 4, 7, 8, 2040, 2041, 2046, 2047];

    private readonly List<AccessCase> _cases = [];
    private readonly uint[] _edges;

    internal AccessProgram(Profile profile, ulong seed)
    {
        var random = new Prng(seed);
        var registers = profile == Profile.Static ? RegisterSet.WithoutGlobalAndThreadPointer : RegisterSet.All;
        for (var opcode = Opcode.Lb; opcode <= Opcode.Sd; opcode++)
        {
            foreach (var immediate in Immediates)
            {
                AddCases(random, registers, opcode, immediate);
            }
        }

        var data = profile == Profile.Static ? AddressSpace.StaticDataBase : AddressSpace.DataBase;
        Module = Module.Create(MakeProgram(profile, data));
        _edges =
        [
            0, data, data + AddressSpace.PageSize, data + (3 * AddressSpace.PageSize), 0x7FFF_F000, 0x8000_0000, LastPage,
            AddressSpace.CodeBase, AddressSpace.CodeBase + (uint)Module.Program.Code.Length,
        ];
    }

    internal Module Module { get; }

    internal IReadOnlyList<AccessCase> Cases => _cases;

    /// <summary>An address at the edge of a region, or in one, or anywhere.</summary>
    internal uint Target(Prng random) => random.Below(8) switch
    {
        0 => (uint)random.Next(),
        1 => Module.Program.ReadWriteData.Address + (uint)random.Below((int)Module.Program.ReadWriteData.Size),
        _ => random.Pick<uint>(_edges) + (uint)random.Between(-9, 8),
    };

    /// <summary>With x0 as the base, with registers of all kinds, and with an address that was computed.</summary>
    private void AddCases(Prng random, RegisterSet registers, Opcode opcode, int immediate)
    {
        Add(AddressForm.Plain, 0);
        for (var i = 0; i < 3; i++)
        {
            Add(AddressForm.Plain, registers.Pick(random));
        }

        for (var i = 0; i < 3; i++)
        {
            Add(random.Pick<AddressForm>([.. AddressForm.Computed]), registers.Pick(random));
        }

        void Add(AddressForm form, int pointer)
        {
            var data = random.Chance(1, 6) ? pointer : random.Chance(1, 8) ? 0 : registers.Pick(random);
            var source = form == AddressForm.Plain ? pointer : registers.Pick(random);
            _cases.Add(new AccessCase(form, opcode, pointer, source, data, immediate, random.Pick<int>(Immediates)));
        }
    }

    private GuestProgram MakeProgram(Profile profile, uint data)
    {
        var builder = new CodeBuilder();
        var labels = new List<int>();
        foreach (var item in _cases)
        {
            labels.Add(builder.NewLabelHere());
            foreach (var instruction in item.Instructions)
            {
                builder.Emit(instruction);
            }

            builder.Emit(Encoder.Make(Opcode.Ecalli));
        }

        var code = builder.Build();
        return new GuestProgram
        {
            Profile = profile,
            Code = code.Bytes,
            ReadOnlyData = new MemoryRegion(data, AddressSpace.PageSize, Content(AddressSpace.PageSize)),
            ReadWriteData = new MemoryRegion(data + AddressSpace.PageSize, 2 * AddressSpace.PageSize, Content(2 * AddressSpace.PageSize)),
            Stack = new MemoryRegion(0x7FFF_F000, AddressSpace.PageSize),
            Heap = new MemoryRegion(LastPage, AddressSpace.PageSize),
            EntryPoints = [.. labels.Select((label, i) => new EntryPoint(Name(i), code.Labels[label]))],
        };
    }

    internal static string Name(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static byte[] Content(uint size)
    {
        var bytes = new byte[size];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(i * 7);
        }

        return bytes;
    }
}

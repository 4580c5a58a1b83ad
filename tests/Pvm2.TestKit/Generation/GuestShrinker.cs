using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.TestKit.Generation;

/// <summary>Makes a guest of any kind small while it still shows what it shows.</summary>
/// <param name="shows">Whether a guest shows it.</param>
/// <param name="maxAttempts">How many guests are tried at most.</param>
public sealed class GuestShrinker(Func<IGuest, bool> shows, int maxAttempts = 4000)
{
    private int _attempts;

    /// <summary>Takes out instructions, then memory and values of registers, and what instructions that makes needless.</summary>
    public PlainGuest Shrink(PlainGuest guest)
    {
        ArgumentNullException.ThrowIfNull(guest);
        guest = WithFewerInstructions(guest);
        guest = WithLessMemory(guest);
        guest = WithPlainRegisters(guest);
        guest = WithFewerInstructions(guest);
        return WithNoOps(guest);
    }

    private bool Shows(PlainGuest candidate) => ++_attempts <= maxAttempts
        && ProgramValidator.TryValidate(candidate.Program, out _, out _)
        && shows(candidate);

    private PlainGuest WithFewerInstructions(PlainGuest guest)
    {
        var program = LiftedProgram.Of(guest.Program);
        var kept = program.Instructions.ToList();
        for (var size = kept.Count / 2; size >= 1; size /= 2)
        {
            var smaller = true;
            while (smaller)
            {
                smaller = false;
                for (var start = 0; start < kept.Count; start += size)
                {
                    List<LiftedInstruction> fewer = [.. kept.Take(start), .. kept.Skip(start + size)];
                    if (fewer.Count != 0 && program.TryBuild(fewer.ToHashSet(), out var candidate)
                        && candidate.Code.Length < guest.Program.Code.Length
                        && Shows(guest with { Program = candidate }))
                    {
                        guest = guest with { Program = candidate };
                        kept = fewer;
                        smaller = true;
                        start -= size;
                    }
                }

                smaller &= size == 1;
            }
        }

        return guest;
    }

    /// <summary>No-ops in the place of what cannot go, such as instructions before an address that is computed.</summary>
    private PlainGuest WithNoOps(PlainGuest guest)
    {
        var nop = Encoder.Make(Opcode.Addi);
        for (var offset = 0; offset < guest.Program.Code.Length;)
        {
            var code = guest.Program.Code.ToArray();
            var instruction = Decoder.Decode(code, offset, guest.Program.Profile);
            var isNop = instruction is { Opcode: Opcode.Addi, Rd: 0, Rs1: 0, Immediate: 0 };
            if (!isNop && instruction.Length is 2 or 4)
            {
                var bits = instruction.Length == 2 && Encoder.TryCompress(nop, out var small) ? small : nop;
                Encoder.Write(Encoder.Encode(bits), instruction.Length, code.AsSpan(offset));
                var candidate = guest with { Program = With(guest.Program, code: code) };
                guest = Shows(candidate) ? candidate : guest;
            }

            offset += instruction.Length;
        }

        return guest;
    }

    private PlainGuest WithLessMemory(PlainGuest guest)
    {
        for (var region = 0; region < guest.Program.Regions.Count; region++)
        {
            var now = guest.Program.Regions[region];
            MemoryRegion[] smaller =
            [
                MemoryRegion.None,
                new(now.Address, Math.Min(now.Size, AddressSpace.PageSize)),
                new(now.Address, now.Size),
            ];
            foreach (var candidate in now.Size == 0 ? [] : smaller)
            {
                var next = guest with { Program = With(guest.Program, region: (region, candidate)) };
                if (Shows(next))
                {
                    guest = next;
                    break;
                }
            }
        }

        return guest;
    }

    private PlainGuest WithPlainRegisters(PlainGuest guest)
    {
        for (var register = 1; register < guest.Registers.Count; register++)
        {
            var value = guest.Registers[register];
            ulong[] plainer = [0, 1, (uint)value];
            foreach (var candidate in plainer.TakeWhile(candidate => candidate != value))
            {
                var registers = guest.Registers.ToArray();
                registers[register] = candidate;
                var next = guest with { Registers = registers };
                if (Shows(next))
                {
                    guest = next;
                    break;
                }
            }
        }

        return guest;
    }

    private static GuestProgram With(
        GuestProgram program, ReadOnlyMemory<byte>? code = null, (int Number, MemoryRegion Region)? region = null)
    {
        MemoryRegion Region(int number) => region is { } other && other.Number == number ? other.Region : program.Regions[number];
        return new GuestProgram
        {
            Profile = program.Profile,
            Code = code ?? program.Code,
            JumpTables = program.JumpTables,
            ReadOnlyData = Region(0),
            Stack = Region(1),
            ReadWriteData = Region(2),
            Heap = Region(3),
            EntryPoints = program.EntryPoints,
        };
    }
}

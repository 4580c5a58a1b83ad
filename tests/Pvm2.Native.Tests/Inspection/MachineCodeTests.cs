using System.Buffers.Binary;
using Iced.Intel;
using Pvm2.Native.Inspection;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit;
using Pvm2.TestKit.Generation;
using Xunit;

namespace Pvm2.Native.Tests.Inspection;

/// <summary>Every byte of a module's machine code has its meaning, checked with a decoder that we did not write.</summary>
public sealed class MachineCodeTests
{
    private const int Seeds = 150;

    private static readonly GasModel[] Models = [GasModel.Pipeline, GasModel.Flat, GasModel.None];

    private readonly NativeTier _tier = new();

    [Theory]
    [InlineData("static")]
    [InlineData("xjar")]
    public void Guests(string profile)
    {
        var files = Directory.GetFiles(Repository.PathOf($"bench/guests/built/{profile}"), "*.pvm2");

        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            Check(Module.Load(File.ReadAllBytes(file)));
        }
    }

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Hostile_programs(Profile profile)
    {
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            Check(Module.Create(HostileGuest.Generate(seed, profile).Program));
        }
    }

    /// <summary>The least code that there can be: an entry point needs a block, and a block an instruction.</summary>
    [Fact]
    public void Code_of_one_illegal_instruction() => Check(Module.Create(new GuestProgram
    {
        Profile = Profile.Xjar,
        Code = new byte[] { 0xff, 0xff },
        EntryPoints = [new EntryPoint("main", 0)],
    }));

    private void Check(Module module)
    {
        foreach (var model in Models)
        {
            var code = _tier.Inspect(module, model);
            CheckCover(code);
            CheckInstructions(module, code);
            CheckBlocks(module, model, code);
            CheckTables(module, code);
        }
    }

    /// <summary>No gap, no overlap, and what is code decodes to its end and no farther.</summary>
    private static void CheckCover(MachineCode code)
    {
        var position = 0;
        foreach (var part in code.Parts)
        {
            Assert.Equal(position, part.Position);
            position += part.Length;
            var bytes = code.Bytes.Slice(part.Position, part.Length);
            if (part.Kind == MachineCodePartKind.Padding)
            {
                Assert.All(bytes.ToArray(), value => Assert.Equal(0xCC, value));
            }
            else if (part.Kind is not (MachineCodePartKind.BlockStartTable or MachineCodePartKind.JumpTable))
            {
                Assert.All(Decode(code, part), instruction => Assert.False(instruction.IsInvalid, part.ToString()));
            }
        }

        Assert.Equal(code.Bytes.Length, position);
    }

    private static void CheckInstructions(Module module, MachineCode code)
    {
        var expected = new List<uint>();
        var guest = module.Program.Code.Span;
        for (var offset = 0; offset < guest.Length;)
        {
            expected.Add((uint)offset);
            offset += Runtime.Isa.Decoder.Decode(guest, offset, module.Program.Profile).Length;
        }

        Assert.Equal(expected, Of(code, MachineCodePartKind.Instruction).Select(part => part.Offset));
        Assert.Equal((uint)guest.Length, Assert.Single(Of(code, MachineCodePartKind.EndOfCode)).Offset);
    }

    /// <summary>Every block has an exit of its own, and under metering its charge leads there.</summary>
    private static void CheckBlocks(Module module, GasModel model, MachineCode code)
    {
        var exits = Of(code, MachineCodePartKind.BlockExit).ToDictionary(part => part.Offset);
        var instructions = Of(code, MachineCodePartKind.Instruction).ToDictionary(part => part.Offset);
        Assert.Equal(module.Blocks.Starts.ToArray(), exits.Keys);
        foreach (var (offset, exit) in exits)
        {
            Assert.Equal(FlowControl.Call, Assert.Single(Decode(code, exit)).FlowControl);
            var targets = Decode(code, instructions[offset])
                .Where(instruction => instruction.FlowControl == FlowControl.ConditionalBranch)
                .Select(instruction => (int)instruction.NearBranchTarget);
            Assert.True(model == GasModel.None || targets.Contains(exit.Position), $"block {offset}");
        }
    }

    private static void CheckTables(Module module, MachineCode code)
    {
        var positions = Of(code, MachineCodePartKind.Instruction)
            .GroupBy(part => part.Offset)
            .ToDictionary(parts => parts.Key, parts => parts.First().Position);
        positions[(uint)module.Program.Code.Length] = Of(code, MachineCodePartKind.EndOfCode).Single().Position;
        foreach (var table in Of(code, MachineCodePartKind.JumpTable))
        {
            var targets = module.Program.JumpTables[(int)table.Offset];
            Assert.Equal(targets.Length * sizeof(long), table.Length);
            for (var i = 0; i < targets.Length; i++)
            {
                var entry = BinaryPrimitives.ReadInt64LittleEndian(code.Bytes.Span[(table.Position + (i * sizeof(long)))..]);
                Assert.Equal(positions[targets[i]], entry);
            }
        }

        foreach (var table in Of(code, MachineCodePartKind.BlockStartTable))
        {
            for (var offset = 0u; offset < module.Program.Code.Length; offset += 2)
            {
                var distance = BinaryPrimitives.ReadInt32LittleEndian(code.Bytes.Span[(table.Position + ((int)offset * 2))..]);
                Assert.Equal(module.Blocks.IsStart(offset) ? positions[offset] - table.Position : 0, distance);
            }
        }
    }

    private static IEnumerable<MachineCodePart> Of(MachineCode code, MachineCodePartKind kind) =>
        code.Parts.Where(part => part.Kind == kind);

    private static List<Iced.Intel.Instruction> Decode(MachineCode code, in MachineCodePart part)
    {
        var reader = new ByteArrayCodeReader(code.Bytes.Slice(part.Position, part.Length).ToArray());
        var decoder = Iced.Intel.Decoder.Create(64, reader, (ulong)part.Position);
        var instructions = new List<Iced.Intel.Instruction>();
        while (reader.CanReadByte)
        {
            instructions.Add(decoder.Decode());
        }

        return instructions;
    }
}

using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Generation;
using Xunit;

namespace Pvm2.IlJit.Tests.Regions;

/// <summary>
/// Programs that are nothing but control flow, in shapes that a planner could take long for, or deep stacks: a test that
/// fails here may well hang or end the process.
/// </summary>
public sealed class LargeProgramTests
{
    private const int Instructions = 200_000;
    private const int InstructionSize = 4;
    private const int MostDistance = 1_000;
    private const int Tables = 32;

    public enum Shape
    {
        Fallthroughs,
        Returns,
        SelfJumps,
        BackwardBranches,
        NestedLoops,
        RandomJumps,
        Calls,
        DeepCalls,
        TableJumps,
    }

    public static TheoryData<Shape, Profile> Programs
    {
        get
        {
            var data = new TheoryData<Shape, Profile>();
            foreach (var shape in Enum.GetValues<Shape>())
            {
                if (shape != Shape.TableJumps)
                {
                    data.Add(shape, Profile.Xjar);
                }

                if (shape is not (Shape.Returns or Shape.Calls or Shape.DeepCalls))
                {
                    data.Add(shape, Profile.Static);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Plans_of_large_programs_keep_the_limits(Shape shape, Profile profile)
    {
        var module = Module.Create(Make(shape, profile));
        var limits = RegionLimits.Default;
        var plan = RegionPlanner.Plan(module, limits);

        // Blocks of one instruction are all alike but for the tables.
        var most = limits.MaxInstructions / limits.Cost.OfBlock.Instructions;
        Assert.InRange(plan.Regions.Max(region => region.Blocks.Length), 1, Math.Min(most, limits.MaxBlocks));
        Assert.Equal(plan.RegionOfBlock.Count(region => region >= 0), plan.Regions.Sum(region => region.Blocks.Length));

        // Few regions: no program gets a method a block.
        Assert.InRange(plan.Regions.Length, 1, 1 + (module.Blocks.Count / 16));
    }

    [Fact]
    public void A_program_of_too_many_blocks_is_left_to_the_interpreter()
    {
        var module = Module.Create(Make(Shape.Fallthroughs, Profile.Static));
        var plan = RegionPlanner.Plan(module, new RegionLimits { MaxPlannedBlocks = module.Blocks.Count - 1 });

        Assert.Empty(plan.Regions);
        Assert.Equal([RegionPlan.NoRegion], plan.RegionOfBlock.Distinct());
    }

    private static GuestProgram Make(Shape shape, Profile profile)
    {
        var random = new Prng(1);
        var code = new byte[Instructions * InstructionSize];
        for (var i = 0; i < Instructions; i++)
        {
            Encoder.Write(Encoder.Encode(Instruction(shape, i, random)), InstructionSize, code.AsSpan(i * InstructionSize));
        }

        return new GuestProgram
        {
            Profile = profile,
            Code = code,
            JumpTables = shape == Shape.TableJumps ? JumpTables.Create([.. Enumerable.Range(0, Tables).Select(_ => Table(random))]) : JumpTables.None,
            EntryPoints = [new EntryPoint("main", 0)],
        };
    }

    private static Instruction Instruction(Shape shape, int index, Prng random) => shape switch
    {
        Shape.Fallthroughs => Encoder.Make(Opcode.Fallthrough),
        Shape.Returns => Encoder.Make(Opcode.Jalr, 0, 1),
        Shape.SelfJumps => Encoder.Make(Opcode.Jal),
        Shape.BackwardBranches => Branch(-random.Below(Math.Min(index + 1, MostDistance))),
        Shape.NestedLoops => Branch(index % MostDistance < MostDistance / 2 ? 1 : MostDistance - (2 * (index % MostDistance)) - 1),
        Shape.RandomJumps => Encoder.Make(Opcode.Beq, 0, 10, 11, InstructionSize * Distance(index, random)),
        Shape.Calls => Encoder.Make(Opcode.Jal, 1, 0, 0, InstructionSize * Distance(index, random)),
        Shape.DeepCalls => Encoder.Make(Opcode.Jal, 1, 0, 0, index + 2 < Instructions ? 2 * InstructionSize : 0),
        _ => Encoder.Make(Opcode.BrTable, 0, 1 + (9 * random.Below(2)), 0, random.Below(Tables)),
    };

    private static Instruction Branch(int distance) => Encoder.Make(Opcode.Beq, 0, 10, 11, InstructionSize * distance);

    private static int Distance(int index, Prng random) =>
        Math.Clamp(random.Between(-MostDistance, MostDistance), -index, Instructions - 1 - index);

    private static uint[] Table(Prng random)
    {
        var targets = new uint[Instructions / Tables];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = (uint)random.Below(Instructions) * InstructionSize;
        }

        return targets;
    }
}

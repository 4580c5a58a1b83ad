using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Generation;
using Xunit;

namespace Pvm2.Native.Tests.Differential;

/// <summary>That the random programs hold loops of one block, and that some of these fault only after many rounds.</summary>
public sealed class LoopCoverageTests
{
    private const int Guests = 600;
    private const int ManyRounds = 50;

    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void Loops_of_one_block_occur_and_fault_in_late_rounds(Profile profile)
    {
        var (loops, late) = (0, 0);
        for (var seed = 0UL; seed < Guests; seed++)
        {
            var guest = LockstepTests.Structured(seed, profile);
            var module = Module.Create(guest.Program);
            loops += module.Blocks.Starts.ToArray().Count(start => IsLoop(module.Program, start));
            using var instance = module.CreateInstance(new InstanceOptions { GasModel = GasModel.Flat, Gas = 0 });
            guest.Start(instance);
            late += RoundsBeforeFault(instance) >= ManyRounds ? 1 : 0;
        }

        Assert.InRange(loops, Guests, int.MaxValue);
        Assert.InRange(late, Guests / 60, int.MaxValue);
    }

    /// <summary>Runs block by block, and counts how often the loop was entered in which the run faults at last.</summary>
    private static int RoundsBeforeFault(Instance instance)
    {
        var module = instance.Module;
        var rounds = new Dictionary<uint, int>();
        var last = 0u;
        for (var blocks = 0; blocks < 20_000; blocks++)
        {
            var exit = instance.Run();
            if (!exit.IsResumable)
            {
                return exit.Reason == ExitReason.PageFault && IsLoop(module.Program, last) ? rounds.GetValueOrDefault(last) : 0;
            }

            last = exit.ProgramCounter - module.Program.CodeBase;
            if (exit.Reason == ExitReason.OutOfGas)
            {
                rounds[last] = rounds.GetValueOrDefault(last) + 1;
                instance.AddGas(module.Price(GasModel.Flat)[module.Blocks.IndexOf(last)]);
            }
        }

        return 0;
    }

    /// <summary>Whether the block's last instruction goes back to its first.</summary>
    private static bool IsLoop(GuestProgram program, uint start)
    {
        for (var offset = (int)start; offset < program.Code.Length;)
        {
            var instruction = Decoder.Decode(program.Code.Span, offset, program.Profile);
            if (instruction.Operation.Family is InstructionFamily.Branch or InstructionFamily.Jump)
            {
                return offset + instruction.Immediate == start;
            }

            if (instruction.IsIllegal || instruction.Operation.Family is InstructionFamily.IndirectJump
                or InstructionFamily.HostCall or InstructionFamily.Trap || instruction.Opcode == Opcode.Fallthrough)
            {
                return false;
            }

            offset += instruction.Length;
        }

        return false;
    }
}

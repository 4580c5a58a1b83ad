using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Xunit;
using static Pvm2.Runtime.Tests.Execution.Guest;

namespace Pvm2.Runtime.Tests.Execution;

public sealed class RunTests
{
    [Theory]
    [InlineData(Profile.Static)]
    [InlineData(Profile.Xjar)]
    public void A_loop_runs_to_its_result(Profile profile)
    {
        // a0 = 10 + 9 + … + 1
        var guest = new Guest(profile).Li(A1, 10).Emit(Opcode.Fallthrough);
        var loop = guest.Here;
        guest.Emit(Opcode.Add, A0, A0, A1).Emit(Opcode.Addi, A1, A1, 0, -1);
        guest.Emit(Opcode.Bne, 0, A1, 0, (int)loop - (int)guest.Here).Halt();

        using var instance = guest.Start();
        Assert.Equal(new Exit(ExitReason.Halt, guest.CodeBase + guest.Here, 0, HostCallKind.Selector), instance.Run());
        Assert.Equal(55UL, instance.Registers[A0]);
    }
}

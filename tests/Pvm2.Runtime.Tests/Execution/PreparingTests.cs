using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;
using Xunit;

namespace Pvm2.Runtime.Tests.Execution;

/// <summary>How a module is made ready for a tier.</summary>
public sealed class PreparingTests
{
    [Fact]
    public void What_failed_once_is_tried_again_and_what_succeeded_is_kept()
    {
        var module = Module.Create(new Guest().Halt().Build());
        var tier = new TierWithoutMemoryAtFirst();
        var options = new InstanceOptions { Tier = tier };

        Assert.Throws<InsufficientMemoryException>(() => module.CreateInstance(options));
        using var first = module.CreateInstance(options);
        using var second = module.CreateInstance(options);

        Assert.Equal(ExitReason.HostCall, first.Call().Reason);
        Assert.Equal(ExitReason.HostCall, second.Call().Reason);
        Assert.Equal(2, tier.Attempts);
    }

    private sealed class TierWithoutMemoryAtFirst : ITier
    {
        public string Name => "short of memory";

        public int Attempts { get; private set; }

        public TierCode Prepare(Module module, GasModel model) =>
            ++Attempts == 1 ? throw new InsufficientMemoryException() : InterpreterTier.Instance.Prepare(module, model);
    }
}

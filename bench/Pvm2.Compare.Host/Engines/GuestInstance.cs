using Pvm2.Runtime.Execution;

namespace Pvm2.Compare.Host.Engines;

/// <summary>An instance of a PVM2 program.</summary>
/// <param name="instance">The instance, which is disposed of with this.</param>
internal sealed class GuestInstance(Instance instance) : IServedInstance
{
    private const int ResultRegister = 10;

    /// <inheritdoc/>
    public ulong Run()
    {
        var exit = instance.Call();
        return exit.Reason == ExitReason.Halt
            ? instance.Registers[ResultRegister]
            : throw new EngineException($"the guest ended with {exit.Reason} at 0x{exit.ProgramCounter:x}");
    }

    /// <inheritdoc/>
    public void Dispose() => instance.Dispose();
}

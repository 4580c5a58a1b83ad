using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Text;

namespace Pvm2.FaultProbe;

/// <summary>A guest that reads from wherever it is told, on the native tier.</summary>
internal sealed class FaultingGuest : IDisposable
{
    private const string Source = """
        .entry read
        read:
            ld a0, 0(a0)
            ecalli 0
        """;

    private readonly Instance _instance;

    private FaultingGuest(Instance instance) => _instance = instance;

    /// <summary>Makes the module that all guests share.</summary>
    public static Module LoadModule() =>
        Module.Create(Assembler.Assemble(Source).Program ?? throw new InvalidOperationException("The guest has errors."));

    /// <summary>Makes a guest.</summary>
    public static FaultingGuest Create(Module module, NativeTier tier) =>
        new(module.CreateInstance(new InstanceOptions { Tier = tier }));

    /// <inheritdoc/>
    public void Dispose() => _instance.Dispose();

    /// <summary>Whether a read of an undeclared address ends in the page fault that it is.</summary>
    public bool FaultsAt(uint address)
    {
        var exit = _instance.Call("read", address);
        return exit.Reason == ExitReason.PageFault && exit.FaultAddress == address;
    }
}

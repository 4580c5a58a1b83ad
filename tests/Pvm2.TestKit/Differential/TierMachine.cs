using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.TestKit.Differential;

/// <summary>Runs a batch on one of our tiers.</summary>
/// <param name="tier">The tier.</param>
/// <param name="profile">The profile; static only for batches without addresses of code.</param>
/// <param name="model">The gas model.</param>
public sealed class TierMachine(ITier tier, Profile profile, GasModel model = GasModel.Pipeline) : IBatchMachine
{
    /// <inheritdoc/>
    public string Name => $"{tier.Name}/{(profile == Profile.Static ? "static" : "xjar")}";

    /// <inheritdoc/>
    public bool TryRun(SnippetBatch batch, out byte[] memory, out string failure)
    {
        ArgumentNullException.ThrowIfNull(batch);
        memory = [];
        if (!Module.TryCreate(MakeProgram(batch), out var module, out var error))
        {
            failure = error.ToString();
            return false;
        }

        using var instance = module.CreateInstance(new InstanceOptions { Tier = tier, GasModel = model });
        var exit = instance.Call();
        if (exit is not { Reason: ExitReason.HostCall, Kind: HostCallKind.Selector, Selector: 0 })
        {
            failure = exit.ToString();
            return false;
        }

        var slots = new byte[batch.Memory.Length];
        var readable = instance.Memory.TryRead(AddressSpace.DataBase, slots);
        memory = readable ? slots : [];
        failure = readable ? string.Empty : "the slots cannot be read";
        return readable;
    }

    private GuestProgram MakeProgram(SnippetBatch batch)
    {
        var end = new byte[4];
        Encoder.Write(Encoder.Encode(Encoder.Make(Opcode.Ecalli)), end.Length, end);
        var size = ((uint)batch.Memory.Length + AddressSpace.PageSize - 1) & ~(AddressSpace.PageSize - 1);
        return new GuestProgram
        {
            Profile = profile,
            Code = (byte[])[.. batch.Code.Span, .. end],
            ReadWriteData = new MemoryRegion(AddressSpace.DataBase, size, batch.Memory),
            EntryPoints = [new EntryPoint("start", 0)],
        };
    }
}

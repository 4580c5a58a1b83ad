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
        return TryRun(batch.Code, batch.Memory, out memory, out failure);
    }

    /// <summary>Runs code that need not be that of a batch.</summary>
    /// <param name="code">Without an end of its own.</param>
    /// <param name="slots">The memory at the start.</param>
    /// <param name="memory">The memory at the end; empty if it failed.</param>
    /// <param name="failure">Why it did not reach the end; empty if it did.</param>
    /// <returns>Whether it reached the end.</returns>
    public bool TryRun(ReadOnlyMemory<byte> code, ReadOnlyMemory<byte> slots, out byte[] memory, out string failure)
    {
        memory = [];
        if (!Module.TryCreate(MakeProgram(code, slots), out var module, out var error))
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

        var copy = new byte[slots.Length];
        var readable = instance.Memory.TryRead(AddressSpace.DataBase, copy);
        memory = readable ? copy : [];
        failure = readable ? string.Empty : "the slots cannot be read";
        return readable;
    }

    private GuestProgram MakeProgram(ReadOnlyMemory<byte> code, ReadOnlyMemory<byte> slots)
    {
        var end = new byte[4];
        Encoder.Write(Encoder.Encode(Encoder.Make(Opcode.Ecalli)), end.Length, end);
        var size = ((uint)slots.Length + AddressSpace.PageSize - 1) & ~(AddressSpace.PageSize - 1);
        return new GuestProgram
        {
            Profile = profile,
            Code = (byte[])[.. code.Span, .. end],
            ReadWriteData = new MemoryRegion(AddressSpace.DataBase, size, slots),
            EntryPoints = [new EntryPoint("start", 0)],
        };
    }
}

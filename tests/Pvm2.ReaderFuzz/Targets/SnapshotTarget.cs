using System.Security.Cryptography;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Snapshots;

namespace Pvm2.ReaderFuzz.Targets;

/// <summary>
/// Snapshots: what is accepted is the one form of its state, and is restored, if its program can be in that state. The hash
/// at the end is put right first, which a fuzzer would not manage.
/// </summary>
internal sealed class SnapshotTarget : IReaderTarget
{
    private const int HashSize = SHA256.HashSizeInBytes;
    private const ulong MostMemory = 1 << 24;

    /// <inheritdoc/>
    public string Name => "snapshot";

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds(string root)
    {
        foreach (var container in new ContainerTarget().Seeds(root))
        {
            var module = Module.Load(container);
            using var instance = module.CreateInstance();
            yield return instance.TakeSnapshot().ToArray();
            instance.Start();
            _ = instance.Run(new RunLimits { Gas = 3000 });
            yield return instance.TakeSnapshot(withProgram: true).ToArray();
        }
    }

    /// <inheritdoc/>
    public void Check(byte[] bytes)
    {
        if (bytes.Length >= HashSize)
        {
            SHA256.HashData(bytes.AsSpan(..^HashSize), bytes.AsSpan(^HashSize..));
        }

        if (!Snapshot.TryRead(bytes, out var snapshot, out var error))
        {
            Require.That(error.Reason.Length != 0, "a refusal has a reason");
            return;
        }

        Require.That(snapshot.ToArray().AsSpan().SequenceEqual(bytes), "a state has one snapshot");
        if (!Module.TryLoad(snapshot.Container.Span, out var module, out _))
        {
            return;
        }

        var options = new InstanceOptions { GasModel = snapshot.GasModel, MaxMemory = MostMemory };
        if (!module.TryRestore(snapshot, options, out var instance, out error))
        {
            Require.That(error.Reason.Length != 0, "a refusal has a reason");
            return;
        }

        using (instance)
        {
            var again = instance.TakeSnapshot(withProgram: true).ToArray();
            Require.That(again.AsSpan().SequenceEqual(bytes), "what was restored has the snapshot that it was restored from");
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Snapshots;

namespace Pvm2.Runtime.Execution;

/// <summary>Instances that go on where a snapshot was taken.</summary>
public sealed partial class Module
{
    /// <summary>Makes an instance that goes on where a snapshot was taken, on any tier.</summary>
    /// <param name="snapshot">Any snapshot; it is checked against this module.</param>
    /// <param name="options">
    /// How it runs; the defaults if omitted. The gas model must be the snapshot's. <see cref="InstanceOptions.Gas"/> is
    /// what <see cref="Instance.Reset"/> fills in; until then the instance has the snapshot's gas.
    /// </param>
    /// <param name="instance">The instance, which the caller disposes.</param>
    /// <param name="error">
    /// Why there is none: the snapshot is of another program or gas model, or says what no instance of this program can
    /// be in, or the program declares more memory than is allowed.
    /// </param>
    /// <returns>Whether there is an instance.</returns>
    /// <exception cref="OutOfMemoryException">The host has not so much memory.</exception>
    public bool TryRestore(
        Snapshot snapshot,
        InstanceOptions? options,
        [NotNullWhen(true)] out Instance? instance,
        [NotNullWhen(false)] out SnapshotError? error)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        options ??= new InstanceOptions();
        instance = null;
        error = SnapshotCheck.FindError(snapshot, this, options);
        if (error is not null)
        {
            return false;
        }

        instance = new Instance(this, options);
        instance.Restore(snapshot);
        return true;
    }
}

using System.Globalization;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Snapshots;

/// <summary>
/// Checks that a snapshot is one of a module: tiers rely on a program counter where a block starts, and the same state
/// must have one snapshot only.
/// </summary>
internal static class SnapshotCheck
{
    /// <summary>Says why no instance can be what a snapshot says; null where one can.</summary>
    internal static SnapshotError? FindError(Snapshot snapshot, Module module, InstanceOptions options)
    {
        if (snapshot.Program != module.Hash)
        {
            return new SnapshotError(
                SnapshotFormat.ProgramHashOffset, $"it is of the program {snapshot.Program}, and this is {module.Hash}");
        }

        if (snapshot.GasModel != options.GasModel)
        {
            return new SnapshotError(
                SnapshotFormat.GasModelOffset,
                $"its gas model is {snapshot.GasModel}, and {options.GasModel} is asked for");
        }

        if (module.Memory.TotalSize > options.MaxMemory)
        {
            return new SnapshotError(
                SnapshotFormat.ProgramHashOffset,
                $"the program declares {module.Memory.TotalSize} bytes of memory, and {options.MaxMemory} are allowed");
        }

        return FindProgramCounterError(snapshot, module) ?? FindPageError(snapshot, module);
    }

    private static SnapshotError? FindProgramCounterError(Snapshot snapshot, Module module)
    {
        var offset = snapshot.ProgramCounter - module.Program.CodeBase;
        var length = (uint)module.Program.Code.Length;
        var (isPossible, place) = snapshot.Phase switch
        {
            RunPhase.Ready => (module.Blocks.IsStart(offset) || offset == length, "no block starts"),
            RunPhase.Ended => (offset <= length && offset % 2 == 0, "no instruction is"),
            _ => (true, string.Empty),
        };
        return isPossible ? null : new SnapshotError(
            SnapshotFormat.ProgramCounterOffset,
            string.Create(CultureInfo.InvariantCulture, $"it stands at 0x{snapshot.ProgramCounter:x}, where {place}"));
    }

    private static SnapshotError? FindPageError(Snapshot snapshot, Module module)
    {
        Span<byte> bytes = stackalloc byte[(int)AddressSpace.PageSize];
        var offset = SnapshotFormat.HeaderSize + (long)snapshot.Container.Length;
        foreach (var page in snapshot.Pages)
        {
            if (!module.Memory.IsWritable(page.Address))
            {
                return Describe(offset, page, "cannot be written");
            }

            page.CopyTo(bytes);
            if (module.Memory.IsInitial(page.Address, bytes))
            {
                return Describe(offset, page, "has not changed, and so should not be there");
            }

            offset += SnapshotFormat.PageHeaderSize + page.Content.Length;
        }

        return null;
    }

    private static SnapshotError Describe(long offset, in SnapshotPage page, string what) =>
        new(offset, string.Create(CultureInfo.InvariantCulture, $"the page at 0x{page.Address:x} {what}"));
}

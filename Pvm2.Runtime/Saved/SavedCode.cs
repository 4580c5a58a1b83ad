using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Portable;

namespace Pvm2.Runtime.Saved;

/// <summary>A module whose regions are methods of a saved assembly; all of them are there from the start.</summary>
internal sealed unsafe class SavedCode : PortableCode
{
    // Keeps the assembly loaded.
    private readonly SavedGuest _guest;
    private readonly List<int[]> _installed = [];

    /// <summary>Finds the methods of the regions and installs them.</summary>
    /// <param name="module">The module; of the same program as the guest.</param>
    /// <param name="guest">The guest.</param>
    /// <param name="regions">Its regions for the gas model.</param>
    /// <param name="index">The place of the model in the guest's description.</param>
    /// <param name="methods">The method of the assembly that tells where the regions' methods are.</param>
    internal SavedCode(Module module, SavedGuest guest, SavedRegions regions, int index, nint methods)
        : base(module, regions.Model)
    {
        _guest = guest;
        var addresses = new nint[regions.Entries.Length];
        fixed (nint* first = addresses)
        {
            // The assembly that has the method writes as many addresses as it has described regions.
            ((delegate*<int, nint*, void>)methods)(index, first);
        }

        for (var region = 0; region < addresses.Length; region++)
        {
            if (addresses[region] != 0)
            {
                Install(region, addresses[region], regions.Entries[region]);
                _installed.Add(regions.Entries[region]);
                InstalledBlocks += regions.Entries[region].Length;
            }
        }
    }

    /// <summary>How many blocks can be entered; what else the methods hold, the assembly does not tell.</summary>
    internal int InstalledBlocks { get; }

    /// <inheritdoc/>
    public override void Run(ExecutionState* state)
    {
        base.Run(state);
        GC.KeepAlive(_guest);
    }

    /// <inheritdoc/>
    public override CodeStatistics GetStatistics()
    {
        var statistics = new CodeStatistics(CodeForm.SavedMethods, 0, 0, 0);
        foreach (var entries in _installed)
        {
            statistics = statistics.With(Module, entries, bytes: 0);
        }

        return statistics;
    }
}

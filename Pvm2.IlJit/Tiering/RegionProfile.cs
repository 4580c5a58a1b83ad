using Pvm2.IlJit.Regions;

namespace Pvm2.IlJit.Tiering;

/// <summary>How much time the regions of a module take in the interpreter, and how far they have come.</summary>
/// <remarks>
/// Many threads count at the same time and without locks: a count that gets lost makes a region hot a little later. A
/// status changes from cold to queued for one of them alone; all other changes are the background thread's.
/// </remarks>
internal sealed class RegionProfile
{
    private readonly RegionPlan _plan;
    private readonly long _hotGas;
    private readonly long[] _heat;
    private readonly int[] _status;

    /// <summary>Makes the profile of a module that has not been watched yet.</summary>
    /// <param name="plan">Its regions.</param>
    /// <param name="hotGas">Gas after which a region is hot.</param>
    internal RegionProfile(RegionPlan plan, long hotGas)
    {
        _plan = plan;
        _hotGas = hotGas;
        _heat = new long[plan.Regions.Length];
        _status = Array.ConvertAll(
            plan.Regions, region => (int)(region.IsCompilable ? RegionStatus.Cold : RegionStatus.Interpreted));
    }

    /// <summary>The region of a block; <see cref="RegionPlan.NoRegion"/> for the end of the code, and where there is none.</summary>
    /// <param name="block">Block number; −1 for the end of the code.</param>
    internal int RegionOf(int block) => block < 0 ? RegionPlan.NoRegion : _plan.RegionOfBlock[block];

    /// <summary>A region of the plan.</summary>
    internal Region this[int region] => _plan.Regions[region];

    /// <summary>Whether a region is compiled; false for none.</summary>
    internal bool IsCompiled(int region) =>
        region >= 0 && StatusOf(region) == RegionStatus.Compiled;

    /// <summary>Gas that was interpreted in a region.</summary>
    internal long HeatOf(int region) => Volatile.Read(ref _heat[region]);

    /// <summary>Counts interpreted gas.</summary>
    /// <param name="region">Where; may be none.</param>
    /// <param name="gas">How much.</param>
    /// <returns>Whether the region is to be compiled now; true at most once for each.</returns>
    internal bool BecomesHot(int region, long gas)
    {
        if (region < 0)
        {
            return false;
        }

        var heat = HeatOf(region) + gas;
        Volatile.Write(ref _heat[region], heat);
        return heat >= _hotGas
            && StatusOf(region) == RegionStatus.Cold
            && Interlocked.CompareExchange(ref _status[region], (int)RegionStatus.Queued, (int)RegionStatus.Cold)
                == (int)RegionStatus.Cold;
    }

    /// <summary>Notes what has become of a region.</summary>
    internal void SetStatus(int region, RegionStatus status) => Volatile.Write(ref _status[region], (int)status);

    private RegionStatus StatusOf(int region) => (RegionStatus)Volatile.Read(ref _status[region]);
}

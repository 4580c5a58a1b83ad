using System.Diagnostics;
using Pvm2.IlJit.Dynamic;
using Pvm2.IlJit.Lowering;
using Pvm2.IlJit.Regions;
using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Interpreter;
using Pvm2.Runtime.Portable;

namespace Pvm2.IlJit.Tiering;

/// <summary>
/// A module that is interpreted at first, and compiled in the background where that is worth it. The interpreter
/// executes slices of gas; each slice counts for the region that it began in, so that regions are sampled in
/// proportion to the time that they take, and regions that compiled code goes to are counted at each entry.
/// </summary>
/// <remarks>
/// Concurrency: any number of threads run this, and one in the background plans and compiles. A run learns of the
/// plan when it reads the profile, which is published when all of it is there, and of compiled regions from their
/// slots. A region's code is stored in this object before it is installed, so it lives while any slot leads there.
/// </remarks>
internal sealed unsafe class TieredCode : PortableCode
{
    /// <summary>
    /// Gas of the first slice after compiled code: that is soon to go on there, but going back and forth should not
    /// take longer than what is executed in between. Each slice after it is twice as long.
    /// </summary>
    private const ulong ShortSlice = 1 << 8;

    /// <summary>Gas of the longest slice. So a run learns of newly compiled code within 100 µs or so.</summary>
    private const ulong LongSlice = 1 << 15;

    /// <summary>What it costs to get from compiled code to the interpreter and back, in gas.</summary>
    private const long SwitchCost = 16;

    private readonly CompilationQueue _queue;
    private readonly WeakReference<TieredCode> _self;
    private readonly ITier _tier;
    private readonly long _hotGas;
    private long _planGas;
    private long _gasBeforePlan;
    private bool _hasCompiled;
    private int _isPlanned;
    private RegionProfile? _profile;
    private LoweringInput? _input;
    private DynamicRegion?[] _regions = [];

    /// <summary>Makes code of which nothing is compiled.</summary>
    /// <param name="module">The module.</param>
    /// <param name="model">The gas model to charge by.</param>
    /// <param name="queue">Where work in the background goes.</param>
    /// <param name="hotGas">Gas to interpret before there is a plan, and in a region before it is compiled.</param>
    /// <param name="tier">Whose code it is once something is compiled.</param>
    internal TieredCode(Module module, GasModel model, CompilationQueue queue, ulong hotGas, ITier tier)
        : base(module, model)
    {
        _queue = queue;
        _tier = tier;
        _hotGas = (long)Math.Min(hotGas, long.MaxValue);
        _planGas = Math.Max(_hotGas, 1);
        _self = new WeakReference<TieredCode>(this);
    }

    /// <summary>Whether the module has been grouped into regions.</summary>
    internal bool HasPlan => Volatile.Read(ref _profile) is not null;

    /// <summary>Gas that was interpreted in a region; there must be a plan.</summary>
    internal long HeatOf(int region) => _profile!.HeatOf(region);

    /// <summary>Does something on the background thread.</summary>
    /// <param name="region">The region to compile, or <see cref="CompilationJob.Plan"/>.</param>
    /// <param name="compile">Compiles a region.</param>
    internal void Execute(int region, Func<LoweringInput, Region, DynamicRegion> compile)
    {
        if (region == CompilationJob.Plan)
        {
            var plan = RegionPlanner.Plan(Module, RegionLimits.Default);
            _input = new LoweringInput(Module, Model, plan);
            _regions = new DynamicRegion?[plan.Regions.Length];
            Volatile.Write(ref _profile, new RegionProfile(plan, _hotGas));
            return;
        }

        var started = Stopwatch.GetTimestamp();
        var (profile, compiled) = (_profile!, compile(_input!, _profile![region]));
        Volatile.Write(ref _regions[region], compiled);
        Volatile.Write(ref _hasCompiled, true);
        Install(region, compiled.Address, profile[region].Entries);
        profile.SetStatus(region, RegionStatus.Compiled);
        EngineEvents.Log.Compiled(IlTier.TierName, Module, Model, profile[region].Blocks.Length, compiled.Size, started);
    }

    /// <inheritdoc/>
    public override CodeStatistics GetStatistics()
    {
        var statistics = new CodeStatistics(CodeForm.IntermediateLanguage, 0, 0, 0);
        if (Volatile.Read(ref _profile) is { } profile)
        {
            for (var region = 0; region < _regions.Length; region++)
            {
                if (Volatile.Read(ref _regions[region]) is { } compiled)
                {
                    statistics = statistics.With(Module, profile[region].Blocks, compiled.Size);
                }
            }
        }

        return statistics;
    }

    /// <summary>
    /// Gives up what could not be done: the interpreter keeps a region, and the module until it is twice as hot, when
    /// there is another attempt to plan it.
    /// </summary>
    internal void GiveUp(int region)
    {
        if (region != CompilationJob.Plan)
        {
            _profile!.SetStatus(region, RegionStatus.Interpreted);
            return;
        }

        var gas = Volatile.Read(ref _planGas);
        Volatile.Write(ref _planGas, gas < long.MaxValue / 2 ? 2 * gas : long.MaxValue);
        Volatile.Write(ref _isPlanned, 0);
    }

    /// <inheritdoc/>
    internal override ITier FindTier(ExecutionState* state) =>
        Volatile.Read(ref _hasCompiled) ? _tier : InterpreterTier.Instance;

    /// <inheritdoc/>
    protected override bool RunUncompiled(ExecutionState* state)
    {
        var slice = ShortSlice;
        var block = BlockAt(state);
        do
        {
            var profile = Volatile.Read(ref _profile);
            var region = profile?.RegionOf(block) ?? RegionPlan.NoRegion;

            // In a compiled region, block by block to its next entry.
            var isEntering = profile is not null && profile.IsCompiled(region);
            var goesOn = InterpretSlice(state, isEntering ? 0 : slice, out var used);
            Count(profile, region, (long)Math.Min(used, LongSlice) + SwitchCost);
            if (!goesOn)
            {
                return false;
            }

            slice = isEntering ? slice : Math.Min(2 * slice, LongSlice);
            block = BlockAt(state);
        }
        while (block >= 0 && !IsInstalled(block) && Volatile.Read(ref state->StopRequested) == 0);
        return true;
    }

    /// <summary>The number of the block at the program counter; −1 at the end of the code.</summary>
    private int BlockAt(ExecutionState* state) => Module.Blocks.IndexOf(state->ProgramCounter - Module.Program.CodeBase);

    private void Count(RegionProfile? profile, int region, long gas)
    {
        if (profile is null)
        {
            CountBeforePlan(gas);
        }
        else if (profile.BecomesHot(region, gas))
        {
            _queue.Add(_self, region);
        }
    }

    /// <summary>There is no plan as long as it might be no use: the run may be a short one.</summary>
    private void CountBeforePlan(long gas)
    {
        // Counts that get lost between threads only make the plan come later.
        var sum = Volatile.Read(ref _gasBeforePlan) + gas;
        Volatile.Write(ref _gasBeforePlan, sum);
        if (sum >= Volatile.Read(ref _planGas) && Volatile.Read(ref _isPlanned) == 0 && Interlocked.Exchange(ref _isPlanned, 1) == 0)
        {
            _queue.Add(_self, CompilationJob.Plan);
        }
    }
}

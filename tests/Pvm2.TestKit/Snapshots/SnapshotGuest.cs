using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Snapshots;
using Pvm2.TestKit.Generation;

namespace Pvm2.TestKit.Snapshots;

/// <summary>A guest that is stopped, written down and taken up again, with a host that answers it alike everywhere.</summary>
public sealed class SnapshotGuest
{
    private const ulong GasOfRandomGuest = 1_000_000;
    private const ulong GasOfHostileGuest = 5_000;
    private const ulong GasOfBuiltGuest = 1_000_000_000;
    private const int A0 = 10;

    private readonly Action<Instance> _start;

    private SnapshotGuest(string name, Module module, GasModel model, ulong gas, Action<Instance> start, bool hasDefaultHost)
    {
        Name = name;
        Module = module;
        GasModel = model;
        Gas = gas;
        _start = start;
        HasDefaultHost = hasDefaultHost;
    }

    /// <summary>What reports call it.</summary>
    public string Name { get; }

    /// <summary>Its program.</summary>
    public Module Module { get; }

    /// <summary>How its blocks get their price.</summary>
    public GasModel GasModel { get; }

    /// <summary>The gas that it starts with; a hostile guest may use it up.</summary>
    public ulong Gas { get; }

    /// <summary>Whether it has the default host, as built guests do; else the answers of <see cref="RunTo"/>.</summary>
    public bool HasDefaultHost { get; }

    /// <summary>Makes a random guest: one that ends, or one in four times one without any structure.</summary>
    /// <param name="seed">What names it.</param>
    public static SnapshotGuest OfSeed(ulong seed)
    {
        var random = new Prng(seed);
        var profile = random.Chance(1, 2) ? Profile.Static : Profile.Xjar;
        IGuest guest = random.Chance(3, 4) ? RandomGuest.Generate(seed, profile) : HostileGuest.Generate(seed, profile);
        return new SnapshotGuest(
            $"{guest.GetType().Name} {seed} ({profile})",
            Module.Create(guest.Program),
            random.Chance(2, 3) ? GasModel.Pipeline : GasModel.Flat,
            guest.AlwaysEnds ? GasOfRandomGuest : GasOfHostileGuest,
            guest.Start,
            hasDefaultHost: false);
    }

    /// <summary>Loads one of the guests of <c>bench/guests</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="profile">Of which of its containers.</param>
    public static SnapshotGuest Built(string name, Profile profile)
    {
        var folder = profile == Profile.Static ? "static" : "xjar";
        var container = File.ReadAllBytes(Repository.PathOf($"bench/guests/built/{folder}/{name}.pvm2"));
        return new SnapshotGuest(
            $"{name} ({profile})",
            Module.Load(container),
            GasModel.Pipeline,
            GasOfBuiltGuest,
            static instance => instance.Start(),
            hasDefaultHost: true);
    }

    /// <summary>Makes an instance that stands before the guest's first block.</summary>
    public Instance Start(ITier tier)
    {
        var instance = Module.CreateInstance(OptionsFor(tier, GasModel, HasDefaultHost) with { Gas = Gas });
        _start(instance);
        return instance;
    }

    /// <summary>Takes a guest up again.</summary>
    /// <param name="module">The guest's program.</param>
    /// <param name="snapshot">Where it goes on.</param>
    /// <param name="tier">What runs it from here.</param>
    /// <param name="hasDefaultHost">Its <see cref="HasDefaultHost"/>.</param>
    /// <exception cref="InvalidOperationException">The snapshot was refused.</exception>
    public static Instance Restore(Module module, Snapshot snapshot, ITier tier, bool hasDefaultHost) =>
        module.TryRestore(snapshot, OptionsFor(tier, snapshot.GasModel, hasDefaultHost), out var instance, out var error)
            ? instance
            : throw new InvalidOperationException($"The snapshot was refused: {error}");

    /// <summary>Takes this guest up again.</summary>
    /// <inheritdoc cref="Restore(Module, Snapshot, ITier, bool)"/>
    public Instance Restore(Snapshot snapshot, ITier tier) => Restore(Module, snapshot, tier, HasDefaultHost);

    /// <summary>Runs until the end, or to a mark, and answers host calls.</summary>
    /// <param name="instance">A guest that was started, restored or run to an earlier mark.</param>
    /// <param name="mark">Gas used in all, beyond which the run pauses; null for no mark.</param>
    /// <returns>How it ended; <see cref="ExitReason.Cancelled"/> at the mark.</returns>
    public static Exit RunTo(Instance instance, ulong? mark)
    {
        ArgumentNullException.ThrowIfNull(instance);
        while (true)
        {
            var exit = instance.Run(new RunLimits { Gas = mark - instance.GasUsed });
            if (exit.Reason != ExitReason.HostCall)
            {
                return exit;
            }

            // Anything, so long as it is the same each time. Every call costs gas, so there is an end to them.
            instance.Registers[A0] += (ulong)exit.Selector;
        }
    }

    private static InstanceOptions OptionsFor(ITier tier, GasModel model, bool hasDefaultHost) => new()
    {
        Tier = tier,
        GasModel = model,
        HostCalls = hasDefaultHost
            ? new DefaultHost(Stream.Null, Stream.Null, Stream.Null).CreateTable()
            : new HostCallTable(),
    };
}

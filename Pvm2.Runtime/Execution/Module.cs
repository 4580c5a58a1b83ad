using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Memory;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Execution;

/// <summary>
/// A program that has been checked and may be run. Immutable and safe for use by many threads; what tiers and gas
/// models need of it is worked out once, when it is first asked for.
/// </summary>
public sealed partial class Module
{
    private readonly Lock _preparing = new();

    // Plain fields and arrays: collections of our own types are not compiled ahead of time, and would take longer to
    // compile than a short run takes.
    private readonly BlockCosts?[] _costs = new BlockCosts?[(int)GasModel.None + 1];
    private object? _hash;

    // Replaced as a whole when one is added, so that those who look for one need no lock. There are few.
    private PreparedTier[] _prepared = [];

    private Module(GuestProgram program, BasicBlockMap blocks)
    {
        Program = program;
        Blocks = blocks;
        Memory = new MemoryLayout(program);
        EngineEvents.Log.Loaded(this);
    }

    /// <summary>The program.</summary>
    public GuestProgram Program { get; }

    /// <summary>The basic blocks of its code.</summary>
    public BasicBlockMap Blocks { get; }

    /// <summary>The addresses that it may read and write.</summary>
    public MemoryLayout Memory { get; }

    /// <summary>The program's identity.</summary>
    public ProgramHash Hash =>
        (ProgramHash)(Volatile.Read(ref _hash) ?? Publish(ref _hash, ProgramHash.Of(Program)));

    /// <summary>Makes a module of a container, as <see cref="ProgramReader"/> reads it.</summary>
    /// <param name="container">Any bytes.</param>
    /// <param name="error">Why they are no container, or which rule the program breaks.</param>
    /// <returns>Whether there is a module.</returns>
    public static bool TryLoad(
        ReadOnlySpan<byte> container,
        [NotNullWhen(true)] out Module? module,
        [NotNullWhen(false)] out ProgramError? error)
    {
        module = null;
        return ProgramReader.TryRead(container, out var program, out error) && TryCreate(program, out module, out error);
    }

    /// <summary>Makes a module of a container.</summary>
    /// <param name="container">Any bytes.</param>
    /// <exception cref="ProgramRejectedException">They are no container, or the program breaks a rule.</exception>
    public static Module Load(ReadOnlySpan<byte> container) =>
        TryLoad(container, out var module, out var error) ? module : throw new ProgramRejectedException(error);

    /// <summary>Makes a module of a program.</summary>
    /// <param name="program">The program, which must not change any more.</param>
    /// <param name="error">Which rule the program breaks.</param>
    /// <returns>Whether there is a module.</returns>
    public static bool TryCreate(
        GuestProgram program,
        [NotNullWhen(true)] out Module? module,
        [NotNullWhen(false)] out ProgramError? error)
    {
        module = ProgramValidator.TryValidate(program, out var blocks, out error) ? new Module(program, blocks) : null;
        return module is not null;
    }

    /// <summary>Makes a module of a program.</summary>
    /// <param name="program">The program, which must not change any more.</param>
    /// <exception cref="ProgramRejectedException">The program breaks a rule.</exception>
    public static Module Create(GuestProgram program) =>
        TryCreate(program, out var module, out var error) ? module : throw new ProgramRejectedException(error);

    /// <summary>The price of every block.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="model"/> is no gas model.</exception>
    public BlockCosts Price(GasModel model)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)model, (int)GasModel.None, nameof(model));
        ref var costs = ref _costs[(int)model];
        return Volatile.Read(ref costs) ?? Publish(ref costs, BlockCosts.Compute(Program, Blocks, model));
    }

    /// <summary>Makes an instance: memory as the program declares it, registers zero, nothing started yet.</summary>
    /// <param name="options">How it runs; the defaults if omitted.</param>
    /// <param name="instance">The instance, which the caller disposes.</param>
    /// <returns>Whether the program declares no more memory than <see cref="InstanceOptions.MaxMemory"/>.</returns>
    /// <exception cref="OutOfMemoryException">The host has not so much memory.</exception>
    public bool TryCreateInstance(InstanceOptions? options, [NotNullWhen(true)] out Instance? instance)
    {
        options ??= new InstanceOptions();
        instance = Memory.TotalSize <= options.MaxMemory ? new Instance(this, options) : null;
        return instance is not null;
    }

    /// <summary>Makes an instance: memory as the program declares it, registers zero, nothing started yet.</summary>
    /// <param name="options">How it runs; the defaults if omitted.</param>
    /// <returns>The instance, which the caller disposes.</returns>
    /// <exception cref="InvalidOperationException">
    /// The program declares more memory than <see cref="InstanceOptions.MaxMemory"/>.
    /// </exception>
    /// <exception cref="OutOfMemoryException">The host has not so much memory.</exception>
    public Instance CreateInstance(InstanceOptions? options = null) => TryCreateInstance(options, out var instance)
        ? instance
        : throw new InvalidOperationException(
            $"The program declares {Memory.TotalSize} bytes of memory, and {(options ?? new InstanceOptions()).MaxMemory} are allowed.");

    /// <summary>Tells what a tier has made of the module under a gas model until now.</summary>
    /// <param name="tier">The tier.</param>
    /// <param name="model">The gas model.</param>
    /// <returns>Nothing, of unknown form, where the module was not made ready for the tier, or where the tier does not tell.</returns>
    public CodeStatistics GetStatistics(ITier tier, GasModel model) =>
        Find(Volatile.Read(ref _prepared), tier, model)?.GetStatistics() ?? default;

    /// <summary>The module made ready for a tier, once for each gas model.</summary>
    internal PreparedTier Prepare(ITier tier, GasModel model) =>
        Find(Volatile.Read(ref _prepared), tier, model) ?? AddPrepared(tier, model);

    /// <summary>Keeps what is there first; several threads may work it out at the same time.</summary>
    private static T Publish<T>(ref T? place, T value)
        where T : class => Interlocked.CompareExchange(ref place, value, null) ?? value;

    private static PreparedTier? Find(PreparedTier[] prepared, ITier tier, GasModel model)
    {
        foreach (var candidate in prepared)
        {
            if (candidate.Tier == tier && candidate.Model == model)
            {
                return candidate;
            }
        }

        return null;
    }

    private PreparedTier AddPrepared(ITier tier, GasModel model)
    {
        lock (_preparing)
        {
            var prepared = Find(_prepared, tier, model);
            if (prepared is null)
            {
                var sibling = Array.Find(_prepared, candidate => candidate.Tier == tier);
                prepared = new PreparedTier(this, tier, model, sibling?.Memory ?? tier.CreateMemorySource(Memory));
                Volatile.Write(ref _prepared, [.. _prepared, prepared]);
            }

            return prepared;
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Saved;

/// <summary>
/// A program together with code that was compiled ahead of time. An assembly that holds one gives it out as the
/// property <c>Guest</c> of its class; <see cref="SavedGuestFile"/> finds it in a file. Safe for use by many threads.
/// </summary>
public sealed class SavedGuest
{
    internal SavedGuest(SavedDescription description, Module module, Type type, nint methods)
    {
        Type = type;
        Hash = description.Hash;
        Module = module;
        var models = new GasModel[description.Regions.Length];
        for (var i = 0; i < models.Length; i++)
        {
            models[i] = description.Regions[i].Model;
        }

        GasModels = models;
        Tier = new SavedTier(this, description.Regions, methods);
    }

    /// <summary>The program's hash, as the assembly states it.</summary>
    public ProgramHash Hash { get; }

    /// <summary>
    /// The class that stands for the guest. Where it is in an assembly that can be unloaded, this keeps the code from that.
    /// </summary>
    internal Type Type { get; }

    /// <summary>The name of the class that stands for the guest.</summary>
    public string Name => Type.FullName ?? Type.Name;

    /// <summary>The program, checked and ready.</summary>
    public Module Module { get; }

    /// <summary>The tier that runs the saved code, of this program and no other.</summary>
    public SavedTier Tier { get; }

    /// <summary>The gas models that there is code for.</summary>
    public IReadOnlyList<GasModel> GasModels { get; }

    /// <summary>Makes an instance that runs on the saved code.</summary>
    /// <param name="options">How it runs; the defaults if omitted. Its tier is replaced by <see cref="Tier"/>.</param>
    /// <returns>The instance, which the caller disposes.</returns>
    /// <exception cref="NotSupportedException">There is no code for the gas model.</exception>
    /// <exception cref="InvalidOperationException">
    /// The program declares more memory than <see cref="InstanceOptions.MaxMemory"/>.
    /// </exception>
    /// <exception cref="OutOfMemoryException">The host has not so much memory.</exception>
    public Instance CreateInstance(InstanceOptions? options = null) =>
        Module.CreateInstance((options ?? new InstanceOptions()) with { Tier = Tier });

    /// <inheritdoc cref="CreateInstance"/>
    /// <param name="instance">The instance, which the caller disposes.</param>
    /// <returns>Whether the program declares no more memory than <see cref="InstanceOptions.MaxMemory"/>.</returns>
    public bool TryCreateInstance(InstanceOptions? options, [NotNullWhen(true)] out Instance? instance) =>
        Module.TryCreateInstance((options ?? new InstanceOptions()) with { Tier = Tier }, out instance);
}

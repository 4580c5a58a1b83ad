using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Saved;

namespace Pvm2.IlJit.Aot;

/// <summary>
/// Runs modules as saved guests, without a file: each is compiled to an assembly in memory, which is loaded and is
/// unloaded when nothing uses it any more. Safe for use by many threads.
/// </summary>
[RequiresUnreferencedCode(Why)]
[RequiresDynamicCode(Why)]
public sealed class AotTier : ITier
{
    private const string Why = "Saved guests are assemblies, which are loaded at run time.";

    /// <inheritdoc/>
    public string Name => "aot";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The module is too large to be saved.</exception>
    public TierCode Prepare(Module module, GasModel model)
    {
        using var assembly = new MemoryStream();
        GuestAssembly.Write(module, new GuestAssemblyOptions { GasModels = [model] }, assembly);
        if (!SavedGuestFile.TryLoad(assembly.ToArray(), out var guest, out var error, collectible: true))
        {
            throw new InvalidOperationException(error.Reason);
        }

        return guest.Tier.Prepare(module, model);
    }
}

using System.Diagnostics;
using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.Runtime.Saved;

/// <summary>The tier that runs the code of one saved guest. Safe for use by many threads.</summary>
public sealed class SavedTier : ITier
{
    private readonly SavedGuest _guest;
    private readonly SavedRegions[] _regions;
    private readonly nint _methods;

    internal SavedTier(SavedGuest guest, SavedRegions[] regions, nint methods)
    {
        _guest = guest;
        _regions = regions;
        _methods = methods;
    }

    /// <inheritdoc/>
    public string Name => "aot";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="module"/> is of another program than the guest.</exception>
    /// <exception cref="NotSupportedException">The guest was not compiled for the gas model.</exception>
    public TierCode Prepare(Module module, GasModel model)
    {
        ArgumentNullException.ThrowIfNull(module);
        var started = Stopwatch.GetTimestamp();
        if (module != _guest.Module && module.Hash != _guest.Hash)
        {
            throw new ArgumentException(
                $"The saved code is of the program {_guest.Hash}, and the module is {module.Hash}.", nameof(module));
        }

        for (var i = 0; i < _regions.Length; i++)
        {
            if (_regions[i].Model == model)
            {
                var code = new SavedCode(module, _guest, _regions[i], i, _methods);
                EngineEvents.Log.Compiled(Name, module, model, code.InstalledBlocks, bytes: 0, started);
                return code;
            }
        }

        throw new NotSupportedException(
            $"The guest was not compiled for the gas model {model}, only for {string.Join(", ", _guest.GasModels)}.");
    }
}

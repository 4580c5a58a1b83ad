using System.Reflection.PortableExecutable;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Saved;

namespace Pvm2.Compare.Host.Engines;

/// <summary>Guests that <c>pvm2 aot</c> has saved as assemblies. What was compiled is in the file, so compiling is no part of it.</summary>
/// <remarks>
/// Each file is loaded into a context of its own, and stays loaded: a context that can be unloaded ignores machine code in
/// the file.
/// </remarks>
/// <param name="model">The gas model, which the guest must have been saved for.</param>
/// <param name="isMachineCode">Whether files must hold machine code (ReadyToRun), or must not.</param>
internal sealed class SavedEngine(GasModel model, bool isMachineCode) : IServedEngine
{
    private SavedGuest? _guest;

    /// <inheritdoc/>
    public string Description => $"Pvm2 {GuestOptions.Version} (saved{(isMachineCode ? ", ReadyToRun" : string.Empty)})";

    /// <inheritdoc/>
    public string? WhyUnsupported(MeasuredKind kind) =>
        kind is MeasuredKind.Compile or MeasuredKind.Cold ? "it was compiled when it was saved" : null;

    /// <inheritdoc/>
    public void Load(string path)
    {
        if (HasMachineCode(path) != isMachineCode)
        {
            throw new EngineException(isMachineCode ? "there is no machine code in the file" : "there is machine code in the file");
        }

        if (!SavedGuestFile.TryLoad(path, out var guest, out var error))
        {
            throw new EngineException(error.Reason);
        }

        _guest = HasModel(guest)
            ? guest
            : throw new EngineException($"the guest was saved for {string.Join(", ", guest.GasModels)}, not for {model}");
    }

    /// <inheritdoc/>
    public object Compile() => throw new NotSupportedException(WhyUnsupported(MeasuredKind.Compile));

    /// <inheritdoc/>
    public IServedProgram Open() =>
        new SavedProgram(_guest ?? throw new InvalidOperationException("No guest was loaded."), model);

    /// <inheritdoc/>
    public void Dispose() => _guest = null;

    private bool HasModel(SavedGuest guest)
    {
        foreach (var candidate in guest.GasModels)
        {
            if (candidate == model)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasMachineCode(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        try
        {
            return image.PEHeaders.CorHeader?.ManagedNativeHeaderDirectory.Size > 0;
        }
        catch (BadImageFormatException)
        {
            throw new EngineException("it is no .NET assembly");
        }
    }

    private sealed class SavedProgram(SavedGuest guest, GasModel model) : IServedProgram
    {
        public IServedInstance CreateInstance() =>
            new GuestInstance(guest.CreateInstance(GuestOptions.Create(guest.Tier, model)));

        public void Dispose()
        {
            // Assemblies that may hold machine code cannot be unloaded.
        }
    }
}

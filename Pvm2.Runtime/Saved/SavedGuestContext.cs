using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

namespace Pvm2.Runtime.Saved;

/// <summary>Where one saved assembly is loaded, so that any number of one name can be.</summary>
internal sealed class SavedGuestContext(string name, bool isCollectible) : AssemblyLoadContext(name, isCollectible)
{
    /// <summary>Leads the assembly to the runtime that loads it, wherever that was loaded itself.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Nothing is loaded here.")]
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var runtime = typeof(SavedGuestContext).Assembly;
        return assemblyName.Name == runtime.GetName().Name ? runtime : null;
    }
}

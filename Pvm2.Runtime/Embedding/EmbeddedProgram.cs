using System.Reflection;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Programs;
using Module = Pvm2.Runtime.Execution.Module;

namespace Pvm2.Runtime.Embedding;

/// <summary>Programs that are resources of an assembly.</summary>
public static class EmbeddedProgram
{
    /// <summary>Makes a module of a container that an assembly carries.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="resource">Name of the resource.</param>
    /// <param name="sha256">The program's hash, as 64 hexadecimal digits.</param>
    /// <exception cref="InvalidOperationException">There is no such resource, or it has another hash.</exception>
    /// <exception cref="ProgramRejectedException">It is no container, or the program breaks a rule.</exception>
    public static Module Load(Assembly assembly, string resource, string sha256)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly {assembly.GetName().Name} has no resource '{resource}'.");
        var container = new byte[stream.Length];
        stream.ReadExactly(container);
        var found = ProgramHash.OfContainer(container);
        if (!ProgramHash.TryParse(sha256, out var expected) || found != expected)
        {
            throw new InvalidOperationException($"The resource '{resource}' has the hash {found}, not {sha256}.");
        }

        return Module.Load(container);
    }
}

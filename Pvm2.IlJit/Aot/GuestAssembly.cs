using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Saved;

namespace Pvm2.IlJit.Aot;

/// <summary>
/// Compiles modules ahead of time, to assemblies that depend on Pvm2.Runtime alone. The same module and options give
/// the same bytes, on every machine and in every process.
/// </summary>
[RequiresUnreferencedCode(Why)]
[RequiresDynamicCode(Why)]
public static class GuestAssembly
{
    private const string Why = "Written assemblies refer to members of Pvm2.Runtime that are found at run time.";

    /// <summary>The most bytes of a container: an assembly holds the program in one piece of its data.</summary>
    public const int MaxContainerSize = 64 << 20;

    /// <summary>Whether a module's program is small enough to be saved.</summary>
    public static bool CanWrite(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return ProgramWriter.Write(module.Program).Length <= MaxContainerSize;
    }

    /// <summary>Compiles a module and writes the assembly.</summary>
    /// <param name="module">The module.</param>
    /// <param name="options">What the assembly looks like.</param>
    /// <param name="output">Takes the bytes of the assembly.</param>
    /// <exception cref="ArgumentException">
    /// A name in the options is no identifier, there is no gas model or one twice, or the module is too large.
    /// </exception>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public static void Write(Module module, GuestAssemblyOptions options, Stream output)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        CheckNames(options);
        CheckModels(options.GasModels);
        var container = ProgramWriter.Write(module.Program);
        if (container.Length > MaxContainerSize)
        {
            throw new ArgumentException(
                $"The program has {container.Length} bytes, and an assembly holds {MaxContainerSize} at most.", nameof(module));
        }

        var code = options.GasModels.Select(model => new SavedCodeInput(module, model)).ToArray();
        var description = new SavedDescription(
            ProgramHash.OfContainer(container),
            module.Memory.MainReadable,
            module.Memory.MainWritable,
            container,
            Array.ConvertAll(code, input => input.Describe()));
        new GuestAssemblyBuilder(module, options, description, code).Write(output);
    }

    private static void CheckNames(GuestAssemblyOptions options)
    {
        if (!GuestAssemblyOptions.IsAssemblyName(options.AssemblyName))
        {
            throw new ArgumentException($"'{options.AssemblyName}' cannot be the name of a guest's assembly.", nameof(options));
        }

        string[] parts = options.Namespace.Length == 0 ? [] : options.Namespace.Split('.');
        foreach (var name in (string[])[.. parts, options.ClassName])
        {
            if (!GuestNames.IsIdentifier(name))
            {
                throw new ArgumentException($"'{name}' is no identifier.", nameof(options));
            }
        }
    }

    private static void CheckModels(IReadOnlyList<GasModel> models)
    {
        if (models.Count == 0 || models.Distinct().Count() != models.Count || !models.All(Enum.IsDefined))
        {
            throw new ArgumentException("One gas model or more, each once.", nameof(models));
        }
    }
}

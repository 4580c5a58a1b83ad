using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Execution;

namespace Pvm2.Cli.Input;

/// <summary>Makes a loaded module of a program, which validates it.</summary>
internal static class ModuleSource
{
    /// <summary>Validates and loads a program.</summary>
    public static bool TryLoad(
        SourceProgram source,
        [NotNullWhen(true)] out Module? module,
        [NotNullWhen(false)] out CommandFailure? failure)
    {
        failure = Module.TryCreate(source.Program, out module, out var error)
            ? null
            : ContainerSource.Describe(source.Path, error);
        return module is not null;
    }
}

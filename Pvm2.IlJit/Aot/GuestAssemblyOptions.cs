using Pvm2.Runtime.Gas;

namespace Pvm2.IlJit.Aot;

/// <summary>What an assembly with a saved guest looks like.</summary>
public sealed record GuestAssemblyOptions
{
    /// <summary>The name of the assembly; its file is usually called so, with <c>.dll</c> behind.</summary>
    public string AssemblyName { get; init; } = "Guest";

    /// <summary>The namespace of the class that stands for the guest, of identifiers with dots between; empty for none.</summary>
    public string Namespace { get; init; } = "Pvm2.Guests";

    /// <summary>The name of the class that stands for the guest.</summary>
    public string ClassName { get; init; } = "Guest";

    /// <summary>The gas models to compile for; each takes its own code.</summary>
    public IReadOnlyList<GasModel> GasModels { get; init; } = [GasModel.Pipeline];

    /// <summary>
    /// Whether the assembly is going to be compiled to machine code by ReadyToRun. Its methods then leave out the
    /// request to be optimised when they are first called, since ReadyToRun passes over methods that have it.
    /// </summary>
    public bool ForReadyToRun { get; init; }

    /// <summary>
    /// Whether an assembly may be called so: not like those that it refers to, nor like the core library of any .NET.
    /// </summary>
    public static bool IsAssemblyName(string name) =>
        !string.IsNullOrWhiteSpace(name)
        && name is not ("mscorlib" or "netstandard" or "System.Runtime" or "System.Private.CoreLib")
        && name != typeof(GasModel).Assembly.GetName().Name;
}

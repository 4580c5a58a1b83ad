namespace Pvm2.Linker.Input;

/// <summary>Why a reference cannot be resolved.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Advice">What to change in the build.</param>
internal readonly record struct ReferenceProblem(string Reason, string Advice);

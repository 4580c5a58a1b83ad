namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>A result of one number. Source of all of them: the RISC-V unprivileged manual.</summary>
internal interface IUnary
{
    /// <summary>The result.</summary>
    static abstract ulong Compute(ulong value);
}

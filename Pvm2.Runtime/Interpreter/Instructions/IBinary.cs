namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>A result of two numbers. Source of all of them: the RISC-V unprivileged manual.</summary>
internal interface IBinary
{
    /// <summary>The result.</summary>
    /// <param name="left">The first source.</param>
    /// <param name="right">The second source, or the immediate.</param>
    static abstract ulong Compute(ulong left, ulong right);
}

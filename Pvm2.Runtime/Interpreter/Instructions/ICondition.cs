namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>A question about two numbers, which a branch asks.</summary>
internal interface ICondition
{
    /// <summary>The answer.</summary>
    static abstract bool Holds(ulong left, ulong right);
}

using Pvm2.Runtime.Execution;

namespace Pvm2.Runtime.Interpreter.Instructions;

/// <summary>
/// What one instruction that is no jump does to a state. Implementations are empty structs: a handler names them as
/// type arguments, and the compiler puts their code into it.
/// </summary>
internal unsafe interface IInstruction
{
    /// <summary>Executes the instruction, unless it is a memory access that is not plainly in the main run.</summary>
    /// <returns>Whether it was executed; if not, nothing has changed.</returns>
    static abstract bool TryExecute(Operation* operation, ExecutionState* state);

    /// <summary>Executes a memory access, wherever it goes.</summary>
    /// <returns>Whether it was executed; if not, it faults, and nothing but the fault address has changed.</returns>
    static virtual bool TryExecuteSlowly(Operation* operation, ExecutionState* state) => true;
}

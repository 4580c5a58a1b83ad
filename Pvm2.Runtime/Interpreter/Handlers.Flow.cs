using System.Runtime.CompilerServices;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Interpreter.Instructions;

namespace Pvm2.Runtime.Interpreter;

/// <content>Jumps, and what is between blocks.</content>
internal static unsafe partial class Handlers
{
    /// <summary>Goes to one of two blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Branch<TCondition, TEntry>(Operation* operation, ExecutionState* state)
        where TCondition : struct, ICondition
        where TEntry : struct, IBlockEntry
    {
        operation += Holds<TCondition>(operation, state) ? operation->Immediate : 1;
        if (!TEntry.TryEnter(operation, state))
        {
            Leave(operation, state, ExitReason.OutOfGas);
            return;
        }

        operation += TEntry.Slots;
        if (!TEntry.KeepsStack)
        {
            state->TierContinuation = (nint)operation;
            return;
        }

        operation->Handler(operation, state);
    }

    /// <summary>Executes an instruction and a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void BranchAfter<TInstruction, TCondition, TEntry>(Operation* operation, ExecutionState* state)
        where TInstruction : struct, IInstruction
        where TCondition : struct, ICondition
        where TEntry : struct, IBlockEntry
    {
        if (!TInstruction.TryExecute(operation, state))
        {
            Retry<TInstruction>(operation, state);
            return;
        }

        operation++;
        operation += Holds<TCondition>(operation, state) ? operation->Immediate : 1;
        if (!TEntry.TryEnter(operation, state))
        {
            Leave(operation, state, ExitReason.OutOfGas);
            return;
        }

        operation += TEntry.Slots;
        if (!TEntry.KeepsStack)
        {
            state->TierContinuation = (nint)operation;
            return;
        }

        operation->Handler(operation, state);
    }

    /// <summary>Goes on to the next block, or panics if the branch is taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void BranchOrPanic<TCondition>(Operation* operation, ExecutionState* state)
        where TCondition : struct, ICondition
    {
        if (Holds<TCondition>(operation, state))
        {
            Leave(operation, state, ExitReason.Panic);
            return;
        }

        operation++;
        operation->Handler(operation, state);
    }

    /// <summary>Goes to a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Jump<TEntry>(Operation* operation, ExecutionState* state)
        where TEntry : struct, IBlockEntry
    {
        operation += operation->Immediate;
        if (!TEntry.TryEnter(operation, state))
        {
            Leave(operation, state, ExitReason.OutOfGas);
            return;
        }

        operation += TEntry.Slots;
        if (!TEntry.KeepsStack)
        {
            state->TierContinuation = (nint)operation;
            return;
        }

        operation->Handler(operation, state);
    }

    /// <summary><c>br_table</c>: goes to the block that a handle names, or on. The next slot has the targets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void TableJump<TEntry>(Operation* operation, ExecutionState* state)
        where TEntry : struct, IBlockEntry
    {
        var index = (uint)((Operands.Register(state, operation->Rs1) - 1) >> 1);
        operation = index < (uint)operation->Immediate ? operation[1].Targets[index] : operation + 2;
        if (!TEntry.TryEnter(operation, state))
        {
            Leave(operation, state, ExitReason.OutOfGas);
            return;
        }

        operation += TEntry.Slots;
        if (!TEntry.KeepsStack)
        {
            state->TierContinuation = (nint)operation;
            return;
        }

        operation->Handler(operation, state);
    }

    /// <summary><c>jalr</c>: goes to the block at an address, if there is one. The next slot has the link.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void IndirectJump<TEntry>(Operation* operation, ExecutionState* state)
        where TEntry : struct, IBlockEntry
    {
        var address = (Operands.Register(state, operation->Rs1) + Operands.Immediate(operation)) & ~1UL;
        var target = ((InterpreterContext*)state->TierContext)->FindBlock(address);
        if (target == null)
        {
            Leave(operation, state, ExitReason.Panic);
            return;
        }

        Operands.Register(state, operation->Rd) = operation[1].Number;
        operation = target;
        if (TEntry.Polls && Volatile.Read(ref state->StopRequested) != 0)
        {
            Leave(operation, state, ExitReason.Cancelled);
            return;
        }

        if (!TEntry.TryEnter(operation, state))
        {
            Leave(operation, state, ExitReason.OutOfGas);
            return;
        }

        operation += TEntry.Slots;
        if (!TEntry.KeepsStack)
        {
            state->TierContinuation = (nint)operation;
            return;
        }

        operation->Handler(operation, state);
    }

    /// <summary>Takes a block's gas, where no jump did: at the start of a run, and from a block that runs into the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Charge<TEntry>(Operation* operation, ExecutionState* state)
        where TEntry : struct, IBlockEntry
    {
        if (!TEntry.TryEnter(operation, state))
        {
            Leave(operation, state, ExitReason.OutOfGas);
            return;
        }

        operation++;
        operation->Handler(operation, state);
    }

    /// <summary>Takes more gas than fits the first slot of a block, which took none. The next slot has the number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void ChargeMuch(Operation* operation, ExecutionState* state)
    {
        var cost = operation[1].Number;
        if (state->Gas < cost)
        {
            Leave(operation, state, ExitReason.OutOfGas);
            return;
        }

        state->Gas -= cost;
        operation += 2;
        operation->Handler(operation, state);
    }

    /// <summary>Enters a block that a loop goes through, where nothing is metered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Poll(Operation* operation, ExecutionState* state)
    {
        if (Volatile.Read(ref state->StopRequested) != 0)
        {
            Leave(operation, state, ExitReason.Cancelled);
            return;
        }

        operation++;
        operation->Handler(operation, state);
    }

    /// <summary><c>ecalli</c></summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void CallHost(Operation* operation, ExecutionState* state)
    {
        state->HostCallKind = HostCallKind.Selector;
        state->Selector = operation->Immediate;
        Leave(operation + 1, state, ExitReason.HostCall);
    }

    /// <summary><c>ecall.jar</c></summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void CallManagement(Operation* operation, ExecutionState* state)
    {
        state->HostCallKind = HostCallKind.Management;
        state->Selector = 0;
        Leave(operation + 1, state, ExitReason.HostCall);
    }

    /// <summary>What traps, what is illegal, a bad target, and the end of the code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Panic(Operation* operation, ExecutionState* state) => Leave(operation, state, ExitReason.Panic);

    /// <summary>Gives the stack back in the midst of a long block, where calls use it up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Return(Operation* operation, ExecutionState* state) =>
        state->TierContinuation = (nint)(operation + 1);

    /// <summary>
    /// The handler that all slots have at first: finds the slot's own, executes it, and leaves it in the slot as soon
    /// as it has been compiled. So nothing is compiled that is not executed.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Link(Operation* operation, ExecutionState* state)
    {
        var handler = ((InterpreterContext*)state->TierContext)->Link(operation);
        handler(operation, state);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Holds<TCondition>(Operation* operation, ExecutionState* state)
        where TCondition : struct, ICondition =>
        TCondition.Holds(Operands.Register(state, operation->Rs1), Operands.Register(state, operation->Rs2));
}

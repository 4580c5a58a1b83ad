using System.Diagnostics;
using System.Reflection;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Interpreter;
using Xunit;

namespace Pvm2.Runtime.Tests.Interpreter;

/// <summary>
/// Handlers end in a call of the next one, which must not take stack. What makes the compiler give that up is easy
/// to write by accident (the address of a local, say), so every handler is measured.
/// </summary>
public sealed unsafe class HandlerTests
{
    private const int ShortChain = 2;
    private const int LongChain = 200;

    [Fact]
    public void Optimised_code_turns_last_calls_into_jumps()
    {
        var debuggable = typeof(Handlers).Assembly.GetCustomAttribute<DebuggableAttribute>();
        Assert.Equal(debuggable?.IsJITOptimizerDisabled != true, TailCalls.KeepStack);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_handler_takes_stack(bool isMetered)
    {
        if (!TailCalls.KeepStack)
        {
            // In a debug build all of them do, and other handlers are used.
            return;
        }

        var registry = isMetered ? HandlerRegistry.Metered : HandlerRegistry.Unmetered;
        var measured = 0;
        foreach (var (codes, number) in AllHandlers(registry))
        {
            var slots = SlotsOf(codes, isMetered);
            if (slots is null)
            {
                continue;
            }

            measured++;
            var name = string.Join('+', codes);
            Assert.True(Depth(registry, slots, number, ShortChain) == Depth(registry, slots, number, LongChain), name);
        }

        Assert.InRange(measured, 180, 1000);
    }

    [Fact]
    public void Linking_finds_the_code_behind_the_stub()
    {
        var entry = HandlerRegistry.Metered.Entries[HandlerRegistry.Metered.Number(OperationCode.Xor)];
        Depth(HandlerRegistry.Metered, [OperationCode.Xor], HandlerRegistry.Metered.Number(OperationCode.Xor), 3);
        Assert.True(HandlerCode.TryFind(entry, out var code));
        Assert.NotEqual(0, code);
    }

    internal static IEnumerable<(OperationCode[] Codes, ushort Number)> AllHandlers(HandlerRegistry registry)
    {
        foreach (var first in Enum.GetValues<OperationCode>().Distinct())
        {
            if (first is OperationCode.Count or OperationCode.Operands)
            {
                continue;
            }

            yield return ([first], registry.Number(first));
            foreach (var second in Enum.GetValues<OperationCode>().Distinct())
            {
                if (second != OperationCode.Count && registry.Number(first, second) is var number and not HandlerRegistry.None)
                {
                    yield return ([first, second], number);
                }
            }
        }
    }

    /// <summary>The slots that one handler goes through; null for handlers that leave.</summary>
    private static OperationCode[]? SlotsOf(OperationCode[] codes, bool isMetered)
    {
        OperationCode[] entry = isMetered ? [OperationCode.Charge] : [];
        return codes[^1] switch
        {
            OperationCode.Panic or OperationCode.Ecalli or OperationCode.EcallJar or OperationCode.Return => null,
            OperationCode.Beq or OperationCode.Bne or OperationCode.Blt or OperationCode.Bge or OperationCode.Bltu
                or OperationCode.Bgeu or OperationCode.Jal => [.. codes, .. entry],
            OperationCode.BrTable or OperationCode.Jalr => [.. codes, OperationCode.Operands, .. entry],
            OperationCode.ChargeMuch => [.. codes, OperationCode.Operands],
            _ => codes,
        };
    }

    /// <summary>
    /// Where the stack is after a chain of the same handler. Branches and jumps go to the next slot either way; nearly
    /// all operands are x0, and what is at address 1 may be accessed.
    /// </summary>
    private static nint Depth(HandlerRegistry registry, OperationCode[] slots, ushort number, int count)
    {
        var operations = GC.AllocateArray<Operation>((slots.Length * count) + 1, pinned: true);
        var numbers = GC.AllocateArray<ushort>(operations.Length, pinned: true);
        var blocks = GC.AllocateArray<int>(operations.Length, pinned: true);
        var memory = stackalloc byte[64];
        fixed (Operation* first = operations)
        fixed (ushort* firstNumber = numbers)
        fixed (int* firstBlock = blocks)
        {
            for (var i = 0; i < operations.Length; i++)
            {
                var at = i % slots.Length;
                operations[i].Rd = (byte)ExecutionState.DiscardOffset;

                // These go on if they are not taken: 0 is neither 1, nor as much.
                operations[i].Rs2 = slots[at] is OperationCode.BeqOrPanic or OperationCode.BgeOrPanic or OperationCode.BgeuOrPanic
                    ? (byte)sizeof(ulong)
                    : (byte)0;
                operations[i].Immediate = slots[at] switch
                {
                    OperationCode.Jalr => 2 * (i + 2),
                    OperationCode.Operands or OperationCode.Charge or OperationCode.BrTable => 0,
                    _ => 1,
                };
                operations[i].Handler = &Handlers.Link;
                blocks[i] = i;
                numbers[i] = at == 0 ? number : registry.Number(OperationCode.Panic);
            }

            var context = new InterpreterContext
            {
                Operations = first,
                HandlerNumbers = firstNumber,
                Handlers = registry.Entries,
                BlockAtHalfword = firstBlock,
                CodeLength = (uint)(operations.Length * 2),
            };
            ExecutionState state = default;
            state.TierContext = (nint)(&context);
            state.Gas = ulong.MaxValue;
            state.Registers[1] = 1;
            state.ReadBase = memory;
            state.WriteBase = memory;
            state.ReadLimit = 32;
            state.WriteLimit = 32;
            _ = TailCalls.DepthAfter(operations, ref state);
            return TailCalls.DepthAfter(operations, ref state);
        }
    }
}

using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit.Generation;
using Xunit;

namespace Pvm2.Runtime.Tests.Diagnostics;

/// <summary>No sequence of blocks and no sp, however absurd, makes the stack or the tree larger than they may be.</summary>
public sealed class CallStackTests
{
    private const int Functions = 40;

    [Fact]
    public void A_stack_that_is_too_deep_keeps_the_function_that_runs()
    {
        var functions = Find();
        var tree = new CallTree();
        var stack = new CallStack(functions, tree);
        for (var depth = 0; depth < 3 * CallStack.MaxDepth; depth++)
        {
            var function = depth % Functions;
            stack.Enter(function, 1_000_000 - (ulong)depth);
            Assert.Equal(function, tree.FunctionOf(stack.Node));
            Assert.Equal(depth >= CallStack.MaxDepth, stack.IsCut);
            Assert.Equal(Math.Min(depth + 1, CallStack.MaxDepth), DepthOf(tree, stack.Node));
        }

        // Back where the first one was called, all of them are gone.
        stack.Enter(0, 1_000_000);
        Assert.Equal(1, DepthOf(tree, stack.Node));
    }

    [Fact]
    public void A_tree_that_is_too_large_counts_by_function()
    {
        var functions = Find();
        var tree = new CallTree();
        var stack = new CallStack(functions, tree);
        var random = new Prng(9_500_000);
        var perFunction = new ulong[Functions];
        var isLeaf = true;
        for (var step = 0; step < 400_000; step++)
        {
            var function = random.Below(Functions);
            stack.Enter(function, (ulong)random.Below(30));
            tree.AddGas(stack.Node, 3);
            perFunction[function] += 3;
            isLeaf &= tree.FunctionOf(stack.Node) == function;
        }

        Assert.True(isLeaf);
        Assert.True(tree.IsCut);
        Assert.InRange(tree.Count, CallTree.MaxNodes, CallTree.MaxNodes + Functions + 1);
        var found = new ulong[Functions];
        var (sums, inAll, isAfterParent) = (tree.SumUp(), 0UL, true);
        for (var node = 0; node < tree.Count; node++)
        {
            isAfterParent &= tree.ParentOf(node) < node;
            inAll += tree.ParentOf(node) == CallTree.NoParent ? sums[node] : 0;
            if (tree.FunctionOf(node) != CallTree.ManyStacks)
            {
                found[tree.FunctionOf(node)] += tree.GasOf(node);
            }
        }

        Assert.Equal(perFunction, found);
        Assert.Equal(1_200_000UL, inAll);
        Assert.True(isAfterParent);
    }

    private static int DepthOf(CallTree tree, int node) => node < 0 ? 0 : 1 + DepthOf(tree, tree.ParentOf(node));

    /// <summary>A program of so many functions, each of one block.</summary>
    private static GuestFunctions Find()
    {
        var code = new byte[Functions * 2];
        var program = new GuestProgram
        {
            Profile = Profile.Xjar,
            Code = code,
            EntryPoints = [new EntryPoint("main", 0)],
            Symbols = [.. Enumerable.Range(0, Functions).Select(function => new CodeSymbol($"f{function}", (uint)function * 2))],
        };
        return GuestFunctions.Find(Module.Create(program));
    }
}

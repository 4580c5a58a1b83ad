namespace Pvm2.TestKit.Generation;

/// <summary>Makes a program that shows a difference as small as it can while it still shows it.</summary>
public static class NodeShrinker
{
    private const int MaxAttempts = 600;

    /// <summary>Takes nodes out, and bodies out of their structures, for as long as the difference stays.</summary>
    /// <param name="nodes">A program that differs.</param>
    /// <param name="differs">Whether a program shows a difference.</param>
    public static IReadOnlyList<Node> Shrink(IReadOnlyList<Node> nodes, Func<IReadOnlyList<Node>, bool> differs)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(differs);
        var attempts = 0;
        var smaller = true;
        while (smaller)
        {
            smaller = false;
            foreach (var candidate in Reductions(nodes))
            {
                if (++attempts > MaxAttempts)
                {
                    return nodes;
                }

                if (differs(candidate))
                {
                    nodes = candidate;
                    smaller = true;
                    break;
                }
            }
        }

        return nodes;
    }

    private static IEnumerable<IReadOnlyList<Node>> Reductions(IReadOnlyList<Node> nodes)
    {
        for (var size = nodes.Count; size >= 1; size /= 2)
        {
            for (var start = 0; start + size <= nodes.Count; start += size)
            {
                yield return [.. nodes.Take(start), .. nodes.Skip(start + size)];
            }
        }

        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var replacement in Reductions(nodes[i]))
            {
                yield return [.. nodes.Take(i), .. replacement, .. nodes.Skip(i + 1)];
            }
        }
    }

    /// <summary>What may stand for a node: its body alone, or the same with a smaller body.</summary>
    private static IEnumerable<IReadOnlyList<Node>> Reductions(Node node)
    {
        switch (node)
        {
            case SkipNode skip:
                return WithBody(skip.Body, body => skip with { Body = body });
            case LoopNode loop:
                return WithBody(loop.Body, body => loop with { Body = body });
            case CallNode call:
                return WithBody(call.Body, body => call with { Body = body });
            case MarchNode march:
                return WithBody(march.Before, body => march with { Before = body })
                    .Concat(WithBody(march.After, body => march with { After = body }));
            case StepNode { Instructions.Count: > 1 } step:
                return step.Instructions.Select((_, i) => (IReadOnlyList<Node>)
                    [new StepNode([.. step.Instructions.Take(i), .. step.Instructions.Skip(i + 1)])]);
            case JumpNode { Island.Count: > 0 } jump:
                return [[jump with { Island = [] }]];
            default:
                return [];
        }
    }

    private static IEnumerable<IReadOnlyList<Node>> WithBody(IReadOnlyList<Node> body, Func<IReadOnlyList<Node>, Node> rebuild)
    {
        yield return body;
        foreach (var smaller in Reductions(body))
        {
            yield return [rebuild(smaller)];
        }
    }
}

using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.Generation;

/// <summary>Makes random structured programs: straight runs, branches, bounded loops, jumps and calls.</summary>
public sealed class NodeGenerator
{
    private const int MaxDepth = 3;

    private readonly Prng _random;
    private readonly GeneratorOptions _options;
    private readonly StepGenerator _steps;
    private readonly MarchGenerator _marches;

    /// <summary>Prepares a generator.</summary>
    /// <param name="random">Where its choices come from.</param>
    /// <param name="options">What may occur.</param>
    /// <param name="baseRegister">The register that points to the memory to work on; nothing writes it.</param>
    public NodeGenerator(Prng random, GeneratorOptions options, int baseRegister)
    {
        ArgumentNullException.ThrowIfNull(options);
        _random = random;
        _options = options;
        _steps = new StepGenerator(random, options, baseRegister);
        _marches = new MarchGenerator(random, options, baseRegister, _steps);
        Writable = options.Registers.Without(baseRegister);
    }

    /// <summary>The registers that programs write.</summary>
    public RegisterSet Writable { get; }

    /// <summary>A program of about so many instructions, each loop body counted once.</summary>
    public IReadOnlyList<Node> Program(int instructions) => Sequence(instructions, Writable, 0);

    private List<Node> Sequence(int budget, RegisterSet writable, int depth)
    {
        var nodes = new List<Node>();
        while (budget > 0)
        {
            if (depth < MaxDepth && budget > 6 && _random.Chance(1, 7))
            {
                var size = _random.Between(1, budget / 2);
                nodes.Add(Structure(size, writable, depth + 1));
                budget -= size + 2;
            }
            else if (_options.MarchesPerThousand > 0 && _random.Below(1000) < _options.MarchesPerThousand)
            {
                var size = _random.Between(1, 8);
                nodes.Add(_marches.Next(writable, isOuter: depth < 2, inner => Sequence(size, inner, MaxDepth)));
                budget -= size + 6;
            }
            else if (_options.PairsPerThousand > 0 && depth < MaxDepth && _random.Chance(1, 24))
            {
                var (comparison, branch) = _steps.CompareAndBranch(writable);
                nodes.Add(comparison);
                nodes.Add(new SkipNode(branch, Sequence(_random.Between(1, 6), writable, depth + 1), _steps.Branch(), _random.Chance(1, 2)));
                budget -= 6;
            }
            else if (_random.Below(1000) < _options.EscapesPerThousand)
            {
                nodes.Add(new EscapeNode(_steps.Branch()));
                budget--;
            }
            else
            {
                var step = _steps.Next(writable);
                nodes.Add(step);
                budget -= step.Instructions.Count;
            }
        }

        return nodes;
    }

    private Node Structure(int size, RegisterSet writable, int depth)
    {
        var compress = _random.Chance(1, 2);
        switch (_random.Below(6))
        {
            case 0 or 1:
                return new SkipNode(_steps.Branch(), Sequence(size, writable, depth), _steps.Branch(), compress);
            case 2 or 3:
                var counter = writable.Without(_options.HostRegister).Pick(_random);
                return new LoopNode(counter, _random.Between(1, 4), Sequence(size, writable.Without(counter), depth), compress);
            case 4 when _options.CodeAddresses && _options.Profile == Profile.Xjar:
                var link = _random.Chance(1, 2) && writable.Contains(1) ? 1 : writable.Without(_options.HostRegister).Pick(_random);
                return new CallNode(link, Sequence(size, writable.Without(link), depth), compress);
            case 4 when _options.Custom && _options.Profile == Profile.Static:
                var bodies = Enumerable.Range(0, _random.Between(1, 4)).Select(_ => Sequence(size / 3, writable, depth)).ToArray();
                return new ChooseNode(_options.Registers.Pick(_random), bodies);
            default:
                return Jump(size, writable, depth, compress);
        }
    }

    private JumpNode Jump(int size, RegisterSet writable, int depth, bool compress)
    {
        var island = Sequence(Math.Min(size, 6), writable, depth);
        if (!_options.CodeAddresses)
        {
            return new JumpNode(JumpKind.Direct, 0, 0, 0, island, compress);
        }

        var kind = _options.Profile == Profile.Static ? JumpKind.Direct : (JumpKind)_random.Below(3);
        var link = _random.Chance(1, 3) ? 0 : writable.Pick(_random);
        return new JumpNode(kind, link, writable.Pick(_random), _random.Below(2), island, compress);
    }
}

namespace Pvm2.Runtime.Diagnostics;

/// <summary>Where the gas of a run went. Names are the program's choice, and may hold any printable text.</summary>
public sealed class GasProfile
{
    /// <summary>Stands for the functions above, where there were too many stacks to tell all apart.</summary>
    public const string ManyStacks = "[more stacks]";

    /// <summary>The functions that were run, those with most gas of their own first.</summary>
    public required IReadOnlyList<FunctionProfile> Functions { get; init; }

    /// <summary>The call stacks that were met; each comes after the one that it is longer than by one function.</summary>
    public required IReadOnlyList<StackProfile> Stacks { get; init; }

    /// <summary>
    /// Whether there were more stacks than are told apart, some 65 000. The rest is under <see cref="ManyStacks"/>, by
    /// function, and is not in the totals of the functions that called these.
    /// </summary>
    public required bool AreStacksCut { get; init; }

    /// <summary>Whether stacks were deeper than is told apart: then the deepest function follows on the 255th.</summary>
    public required bool IsDepthCut { get; init; }

    /// <summary>All gas that blocks were charged.</summary>
    public ulong Gas
    {
        get
        {
            var gas = 0UL;
            foreach (var function in Functions)
            {
                gas += function.SelfGas;
            }

            return gas;
        }
    }
}

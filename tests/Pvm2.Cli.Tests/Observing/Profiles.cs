using Pvm2.Runtime.Diagnostics;

namespace Pvm2.Cli.Tests.Observing;

/// <summary>Profiles that no run made.</summary>
internal static class Profiles
{
    /// <summary>Names that try to break out of every format.</summary>
    public const string HostileName = "</title><script>alert('1')</script>&\"\\;\u001b[2J\u202e\uffff";

    /// <summary>A profile of stacks.</summary>
    public static GasProfile Of(params StackProfile[] stacks) => new()
    {
        Functions = [.. stacks.Select(stack => new FunctionProfile(stack.Name, 0, stack.SelfGas, stack.SelfGas, 1, []))],
        Stacks = stacks,
        AreStacksCut = false,
        IsDepthCut = false,
    };

    /// <summary>main calls a and b, and a calls b; 1000 gas in all.</summary>
    public static GasProfile Small() => Of(
        new StackProfile(-1, "main", 500),
        new StackProfile(0, "b", 200),
        new StackProfile(0, "a", 100),
        new StackProfile(2, "b", 200));

    /// <summary>A profile whose only function has a hostile name.</summary>
    public static GasProfile Hostile() => Of(new StackProfile(-1, HostileName, 7));
}

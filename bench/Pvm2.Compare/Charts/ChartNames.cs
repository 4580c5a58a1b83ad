using Pvm2.Compare.Results;

namespace Pvm2.Compare.Charts;

/// <summary>Names of the charts' files, without the ending.</summary>
internal static class ChartNames
{
    /// <summary>Compile time against program size.</summary>
    public const string CompileTime = "compile-time";

    /// <summary>Peak memory of a compilation against program size.</summary>
    public const string CompileMemory = "compile-memory";

    /// <summary>Time of an instance against their number.</summary>
    public const string InstanceTime = "instance-time";

    /// <summary>Memory of an instance against their number.</summary>
    public const string InstanceMemory = "instance-memory";

    /// <summary>Speed against the time since the start.</summary>
    public const string WarmUp = "warm-up";

    /// <summary>A kind of figure, workload by workload.</summary>
    public static string Of(Kind kind) => kind.ToString().ToLowerInvariant();
}

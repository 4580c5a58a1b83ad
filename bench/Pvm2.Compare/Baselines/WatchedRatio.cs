using Pvm2.Compare.Engines;
using Pvm2.Compare.Measuring;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Baselines;

/// <summary>A ratio that a new baseline holds.</summary>
/// <param name="Above">What is divided.</param>
/// <param name="Below">What it is divided by.</param>
/// <param name="Tolerance">How much greater it may become, as a share of it.</param>
internal sealed record WatchedRatio(BaselineOperand Above, BaselineOperand Below, double Tolerance)
{
    private const string Native = BuiltInEngines.Reference;

    private const string Il = "il/pipeline";

    private const string Interpreter = "interpreter/pipeline";

    /// <summary>Of runs of compiled code. Rounds cancel the machine's noise; where code comes to lie in memory they do not, and that alone moves a loop by a tenth.</summary>
    private const double RunTolerance = 0.2;

    /// <summary>Of what the runtime compiles or the kernel takes part in: page faults and the background compiler come on top.</summary>
    private const double WideTolerance = 0.3;

    /// <summary>What it is called.</summary>
    public string Name => $"{Describe(Above)} ÷ {Describe(Below)}";

    /// <summary>
    /// The ratios: few, and of the workloads that <see cref="Plans.Check"/> measures. keccak is short arithmetic,
    /// goldilocks_mul a chain of multiplications, ed25519 much code with calls, and fri_fold_tree long arithmetic on a tree
    /// in memory. prime_sieve is not among them: there the caches decide, and clang makes another program of it, with
    /// vectors.
    /// </summary>
    /// <param name="bareMetal">The id of the workloads compiled for the machine itself.</param>
    public static IReadOnlyList<WatchedRatio> All(string bareMetal) =>
    [
        Steady("keccak", Native, bareMetal, RunTolerance),
        Steady("goldilocks_mul", Native, bareMetal, RunTolerance),
        Steady("ed25519", Native, bareMetal, RunTolerance),
        Steady("fri_fold_tree", Native, bareMetal, RunTolerance),
        Steady("ed25519", Il, Native, WideTolerance),
        Steady("fri_fold_tree", Il, Native, WideTolerance),
        Steady("keccak", Interpreter, Native, WideTolerance),
        Steady("goldilocks_mul", Interpreter, Native, WideTolerance),
        ColdOfSteady("keccak"),
        ColdOfSteady("fri_fold_tree"),
        new(new(Kind.Compile, Native, "ed25519"), new(Kind.Steady, bareMetal, "ed25519"), WideTolerance),
    ];

    private static WatchedRatio Steady(string workload, string above, string below, double tolerance) =>
        new(new(Kind.Steady, above, workload), new(Kind.Steady, below, workload), tolerance);

    /// <summary>What starting costs beside running: keccak's start is mostly that, fri_fold_tree's is lost in the run unless it grows.</summary>
    private static WatchedRatio ColdOfSteady(string workload) =>
        new(new(Kind.Cold, Native, workload), new(Kind.Steady, Native, workload), WideTolerance);

    private static string Describe(BaselineOperand operand) =>
        $"{operand.Kind.ToString().ToLowerInvariant()} {operand.Engine} {operand.Workload}";
}

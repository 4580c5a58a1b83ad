using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Pvm2.Compare.Host.Engines;
using Pvm2.Measuring;
using Pvm2.Runtime.Gas;

namespace Pvm2.Compare.Host.Commands;

/// <summary>
/// <c>curve ENGINE ROUNDS</c>: how fast a long guest is, and when. A line for each interval of <see cref="SpeedCurve.Ends"/>:
/// its end in milliseconds, and for each round the guest instructions a nanosecond, or a dash where there were none. The
/// time begins where the container is read. Each round has a tier and a module of its own.
/// </summary>
/// <param name="family">The tier.</param>
/// <param name="model">The gas model to charge by.</param>
internal sealed class CurveCommand(TierFamily family, GasModel model)
{
    private const string None = "-";

    /// <summary>
    /// .NET compiles a method anew when it has been called some thirty times, twice for code that it profiles first, and
    /// when nothing new was compiled for 100 ms. So the tier's own code is as good as it gets after these passes.
    /// </summary>
    private const int WarmUpPasses = 3;

    private const int RoundsOfWarmUpPass = 50;

    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan PauseAfterPass = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(SpeedCurve.Ends[^1]);

    private readonly LongGuest _guest = new();

    /// <summary>Measures and writes to the standard output.</summary>
    /// <param name="rounds">How many rounds count, at least 1.</param>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong in a tier is told in one line.")]
    public static ExitCode Run(TierFamily family, GasModel model, int rounds)
    {
        try
        {
            var command = new CurveCommand(family, model);
            command.WarmUp();
            if (BuildCheck.FindObstacle() is { } obstacle)
            {
                Console.Error.WriteLine(obstacle);
                return ExitCode.NotMeasurable;
            }

            command.Write([.. Enumerable.Range(0, rounds).Select(_ => command.Measure(RoundTime))], Console.Out);
            return ExitCode.Success;
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.Failure;
        }
    }

    /// <summary>Runs the guest once, on a tier of its own.</summary>
    /// <param name="time">For how long.</param>
    internal Stretch[] Measure(TimeSpan time)
    {
        var tier = family.Create();
        try
        {
            var run = _guest.Run(tier, model, time);
            if (family.CodeTime == CodeTime.WhileRunning)
            {
                BackgroundCompilation.WaitFor(tier);
            }

            return run;
        }
        finally
        {
            (tier as IDisposable)?.Dispose();
        }
    }

    /// <summary>Writes the lines of some rounds.</summary>
    internal void Write(IReadOnlyList<Stretch[]> runs, TextWriter output)
    {
        var start = 0.0;
        foreach (var end in SpeedCurve.Ends)
        {
            output.Write(end.ToString(CultureInfo.InvariantCulture));
            foreach (var run in runs)
            {
                var speed = SpeedCurve.SpeedWithin(run, _guest.InstructionsOfStretch, start, end);
                output.Write(' ' + (double.IsNaN(speed) ? None : speed.ToString("G5", CultureInfo.InvariantCulture)));
            }

            output.Write('\n');
            start = end;
        }
    }

    private void WarmUp()
    {
        for (var pass = 0; pass < WarmUpPasses; pass++)
        {
            for (var round = 0; round < RoundsOfWarmUpPass; round++)
            {
                _ = Measure(WarmUpTime);
            }

            Thread.Sleep(PauseAfterPass);
        }
    }
}

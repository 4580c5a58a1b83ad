using Pvm2.Compare.Host.Engines;
using Pvm2.Measuring;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pvm2.Compare.Host.Commands;

/// <summary>
/// <c>once ENGINE PROGRAM</c>: loads, compiles and runs a program and writes its result. It is measured from the start of
/// the process to its end, so nothing is loaded that the engine does not need, and <see cref="Console.Out"/> is not made.
/// </summary>
internal static class OnceCommand
{
    /// <summary>Runs a program.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong in an engine is told in one line.")]
    public static ExitCode Run(Func<IServedEngine> create, string path)
    {
        try
        {
            using var engine = create();
            if (BuildCheck.FindObstacle() is { } obstacle)
            {
                Console.Error.WriteLine(obstacle);
                return ExitCode.NotMeasurable;
            }

            engine.Load(path);
            using var program = engine.Open();
            using var instance = program.CreateInstance();
            Write(instance.Run());
            return ExitCode.Success;
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.Failure;
        }
    }

    private static void Write(ulong result)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.ASCII.GetBytes($"0x{result:x}\n"));
    }
}

using Pvm2.Benchmarks.Measuring;
using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;

namespace Pvm2.Benchmarks;

/// <summary>A workload with what is counted and not timed.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="InstructionsRun">Instructions that a run retires.</param>
/// <param name="MachineCodeBytes">Native code of the pipeline model; not a number where the tier cannot run.</param>
internal sealed record MeasuredWorkload(Workload Workload, double InstructionsRun, double MachineCodeBytes)
{
    /// <summary>Runs a workload on the reference tier and on every other, which checks its result, and counts.</summary>
    public static MeasuredWorkload Count(Workload workload)
    {
        foreach (var configuration in Configuration.Native)
        {
            _ = Run(workload, configuration);
        }

        var instructions = Run(workload, Configuration.Interpreter[1]);
        return new MeasuredWorkload(workload, instructions, CountMachineCode(workload));
    }

    /// <summary>A program of which only the compilation is measured; its result is unknown.</summary>
    /// <exception cref="InvalidDataException">There is no valid program in the file.</exception>
    public static MeasuredWorkload OfFile(string path)
    {
        try
        {
            var workload = Workload.FromFile(path);
            return new MeasuredWorkload(workload, double.NaN, CountMachineCode(workload));
        }
        catch (ProgramRejectedException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    private static double Run(Workload workload, Configuration configuration)
    {
        using var instance = Module.Create(workload.Program).CreateInstance(configuration.CreateOptions());
        workload.Check(instance, instance.Call());
        return instance.GasUsed ?? double.NaN;
    }

    private static double CountMachineCode(Workload workload)
    {
        if (Configuration.Native.Length == 0)
        {
            return double.NaN;
        }

        Garbage.Collect();
        var before = NativeTier.CodeBytes;
        var code = Configuration.Native[0].Tier.Prepare(
            Module.Create(workload.Program), GasModel.Pipeline);
        var bytes = NativeTier.CodeBytes - before;
        GC.KeepAlive(code);
        return bytes;
    }
}

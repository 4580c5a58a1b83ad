using Pvm2.Benchmarks.Probes;

namespace Pvm2.Benchmarks.Measuring;

/// <summary>Which probes a table needs.</summary>
internal static class Plan
{
    /// <summary>The figures of steady runs.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="configurations">What runs it.</param>
    public static IEnumerable<Probe> OfRun(Workload workload, IEnumerable<Configuration> configurations)
    {
        foreach (var configuration in configurations)
        {
            yield return new RunProbe(workload, configuration);
        }
    }

    /// <summary>The figures of the portable tiers, and what they are compared with.</summary>
    public static IEnumerable<Probe> OfPortable(Workload workload)
    {
        foreach (var configuration in Configuration.Native.Take(1).Append(Configuration.Interpreter[0]))
        {
            yield return new RunProbe(workload, configuration);
        }

        foreach (var configuration in Configuration.Portable)
        {
            yield return new RunProbe(workload, configuration);
            yield return new CompileProbe(workload, configuration, Stage.CompileOnce);
        }
    }

    /// <summary>The figures of loading and compiling.</summary>
    public static IEnumerable<Probe> OfCompile(Workload workload)
    {
        yield return new LoadProbe(workload);
        foreach (var configuration in Configuration.Native.Append(Configuration.Interpreter[0]))
        {
            yield return new CompileProbe(workload, configuration, Stage.Compile);
        }

        foreach (var pipeline in Configuration.Native.Take(1))
        {
            yield return new CompileProbe(workload, pipeline, Stage.CompileOnce);
        }
    }

    /// <summary>The figures of cold runs and of their parts but for loading and compiling.</summary>
    public static IEnumerable<Probe> OfCold(Workload workload)
    {
        if (Configuration.Native is [var pipeline, .. var others])
        {
            yield return new ColdProbe(workload, pipeline, Stage.ColdOnce);
            yield return new DisposeProbe(workload, pipeline);
            yield return new ResetRunProbe(workload, pipeline);
            foreach (var configuration in others)
            {
                yield return new ColdProbe(workload, configuration, Stage.Cold);
            }
        }

        foreach (var configuration in Configuration.Native.Take(1).Append(Configuration.Interpreter[0]))
        {
            yield return new InstanceProbe(workload, configuration);
            yield return new FirstRunProbe(workload, configuration);
            yield return new ColdProbe(workload, configuration, Stage.Cold);
        }
    }
}

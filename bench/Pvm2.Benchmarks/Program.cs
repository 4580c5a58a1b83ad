using BenchmarkDotNet.Running;
using Pvm2.Benchmarks;

// Without --quick, BenchmarkDotNet takes the arguments.
if (args is ["--quick"])
{
    new QuickRun().Run();
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(WorkloadBenchmarks).Assembly).Run(args);
return 0;

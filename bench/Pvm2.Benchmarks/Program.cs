using BenchmarkDotNet.Running;
using Pvm2.Benchmarks;

// Without one of these, BenchmarkDotNet takes the arguments.
switch (args)
{
    case ["--quick"]:
        new QuickRun().Run();
        return 0;
    case ["--interpreter"]:
        InterpreterRun.Run();
        return 0;
    case ["--pairs"]:
        PairProfile.Run();
        return 0;
    case ["--instances"]:
        InstanceRun.Run();
        return 0;
    case ["--host-calls"]:
        HostCallRun.Run();
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(WorkloadBenchmarks).Assembly).Run(args);
        return 0;
}

using BenchmarkDotNet.Running;
using Pvm2.Benchmarks;
using Pvm2.Benchmarks.Governing;
using Pvm2.Measuring.Documents;

// Arguments that neither a case here nor the plain runner knows are for BenchmarkDotNet.
switch (args)
{
    case ["--help" or "-h"]:
        Console.WriteLine(RunnerOptions.Usage);
        return 0;
    case ["--machine"]:
        Console.WriteLine(Machine.Describe());
        return 0;
    case ["--update-docs", .. var files]:
        foreach (var file in files)
        {
            if (DocumentUpdate.Run(Workload.FindRoot(), file, Console.Error))
            {
                Console.WriteLine($"{file} has new figures.");
            }
        }

        return 0;
    case ["--pairs"]:
        PairProfile.Run();
        return 0;
    case ["--load", .. var paths]:
        LoadRun.Run(paths);
        return 0;
    case ["--instances"]:
        InstanceRun.Run();
        return 0;
    case ["--host-calls"]:
        HostCallRun.Run();
        return 0;
    case ["--snapshots"]:
        SnapshotRun.Run();
        return 0;
    case ["--profile"]:
        ObservationRun.Run();
        return 0;
    case ["--cancel"]:
        CancellationRun.Run();
        return 0;
    case ["--governor"]:
        GovernorRun.Run(GovernorRun.DefaultRounds);
        return 0;
    case ["--governor", "--rounds", var rounds] when int.TryParse(rounds, out var number) && number > 0:
        GovernorRun.Run(number);
        return 0;
    case ["--filter" or "-f" or "--list" or "--benchmark", ..]:
        // It looks for the project file from here, and leaves its reports here.
        Environment.CurrentDirectory = Workload.FindRoot();
        BenchmarkSwitcher.FromAssembly(typeof(Runner).Assembly).Run(args);
        return 0;
    default:
        return Run(args);
}

static int Run(string[] arguments)
{
    try
    {
        new Runner(RunnerOptions.Parse(arguments), Console.Out, Console.Error).Run();
        return 0;
    }
    catch (FormatException e)
    {
        Console.Error.WriteLine(e.Message);
        Console.Error.WriteLine(RunnerOptions.Usage);
        return 64;
    }
    catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or InvalidOperationException)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
}

using Pvm2.ReaderFuzz;
using Pvm2.ReaderFuzz.Targets;
using SharpFuzz;

IReaderTarget[] targets = [new ContainerTarget(), new ElfTarget(), new AssemblyTarget(), new SnapshotTarget()];
IReaderTarget[] all = [.. targets, new PlantedTarget()];

switch (args)
{
    case ["list"]:
        foreach (var target in targets)
        {
            Console.WriteLine(target.Name);
        }

        return 0;
    case ["seeds", var name, var root, var folder] when Find(name) is { } target:
        Directory.CreateDirectory(folder);
        foreach (var (number, bytes) in target.Seeds(root).Index())
        {
            File.WriteAllBytes(Path.Combine(folder, $"seed-{number:d3}"), bytes);
        }

        return 0;
    case ["fuzz", var name] when Find(name) is { } target:
        Fuzzer.Run(stream => target.Check(ReadAll(stream)));
        return 0;
    case ["check", var name, .. var files] when Find(name) is { } target:
        foreach (var file in files)
        {
            target.Check(File.ReadAllBytes(file));
        }

        Console.WriteLine($"{files.Length} files: every requirement holds.");
        return 0;
    default:
        Console.Error.WriteLine($"""
            usage: Pvm2.ReaderFuzz list                        the targets
                   Pvm2.ReaderFuzz seeds TARGET ROOT FOLDER    writes what a fuzzer begins with
                   Pvm2.ReaderFuzz fuzz TARGET                 to be run by afl-fuzz
                   Pvm2.ReaderFuzz check TARGET FILE...        reads files as the fuzzer would
            TARGET is one of {string.Join(", ", targets.Select(target => target.Name))}
            """);
        return 64;
}

IReaderTarget? Find(string name) => Array.Find(all, target => target.Name == name);

static byte[] ReadAll(Stream stream)
{
    using var copy = new MemoryStream();
    stream.CopyTo(copy);
    return copy.ToArray();
}

using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit;
using Pvm2.TestKit.Generation;
using Xunit;

namespace Pvm2.IlJit.Tests.Regions;

/// <summary>The programs that plans are made of.</summary>
internal static class PlannedPrograms
{
    /// <summary>The guests in the repository, in both profiles.</summary>
    internal static TheoryData<string> Guests
    {
        get
        {
            var folder = Repository.PathOf("bench/guests/built");
            var files = Directory.GetFiles(folder, "*.pvm2", SearchOption.AllDirectories);
            return [.. files.Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Loads one of <see cref="Guests"/>.</summary>
    internal static Module Load(string guest) =>
        Module.Load(File.ReadAllBytes(Path.Combine(Repository.PathOf("bench/guests/built"), guest)));

    /// <summary>Random programs with structure, and as many without.</summary>
    internal static IEnumerable<(IGuest Guest, Module Module)> Random(Profile profile, int count)
    {
        for (var seed = 0; seed < count; seed++)
        {
            var structured = RandomGuest.Generate((ulong)seed, profile);
            yield return (structured, Module.Create(structured.Program));
            var hostile = HostileGuest.Generate((ulong)seed, profile);
            yield return (hostile, Module.Create(hostile.Program));
        }
    }
}

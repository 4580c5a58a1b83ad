using Pvm2.Linker;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.ReaderFuzz.Targets;

/// <summary>Executables: what links is a program that keeps the rules of its profile.</summary>
internal sealed class ElfTarget : IReaderTarget
{
    /// <inheritdoc/>
    public string Name => "elf";

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds(string root) => SeedFiles.Read(root, "bench/guests/built/elf", "*.elf");

    /// <inheritdoc/>
    public void Check(byte[] bytes)
    {
        foreach (var profile in Enum.GetValues<Profile>())
        {
            var result = ElfLinker.Link(bytes, new LinkOptions { Profile = profile });
            if (result.Program is { } program)
            {
                Require.That(Module.TryCreate(program, out _, out var error), $"what links keeps the rules ({error})");
            }
            else
            {
                Require.That(result.Errors.Count != 0, "a refusal has a reason");
            }
        }
    }
}

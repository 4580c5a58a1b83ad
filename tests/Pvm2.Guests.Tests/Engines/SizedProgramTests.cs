using Pvm2.Linker;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit;
using Pvm2.TestKit.Tiers;
using Xunit;

namespace Pvm2.Guests.Tests.Engines;

/// <summary>The programs of every size, the small ones: they have the size that they are named after, and they run.</summary>
public sealed class SizedProgramTests
{
    private static readonly (string Name, int CodeBytes)[] Programs =
        [("size-1k", 1 << 10), ("size-4k", 4 << 10), ("size-16k", 16 << 10), ("size-64k", 64 << 10)];

    [ToolFact("clang-19", "ld.lld-19", "wasm-ld-19", "llvm-ar-19", "python3")]
    public void Programs_have_their_sizes_and_run()
    {
        var folder = Directory.CreateTempSubdirectory("pvm2-sizes-");
        try
        {
            RebuildTests.RunBuildScript("--sizes", folder.FullName, "--most", "64k", "--elf-only");
            AssertFiles(folder, "elf");
            AssertFiles(folder, "wasm");
            foreach (var (name, size) in Programs)
            {
                AssertElf(File.ReadAllBytes(Path.Combine(folder.FullName, "elf", $"{name}.elf")), size);
                AssertWasm(File.ReadAllBytes(Path.Combine(folder.FullName, "wasm", $"{name}.wasm")), size);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void AssertFiles(DirectoryInfo folder, string kind) => Assert.Equal(
        Programs.Select(program => $"{program.Name}.{kind}").Order(StringComparer.Ordinal),
        folder.GetDirectories(kind).Single().GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));

    private static void AssertElf(byte[] elf, int size)
    {
        var linked = ElfLinker.Link(elf, new LinkOptions { Profile = Profile.Static });
        Assert.True(linked.Succeeded, string.Join('\n', linked.Errors));
        Assert.InRange(linked.Program.Code.Length, size * 0.9, size * 1.1);
        using var run = new GuestRun(Module.Create(linked.Program), TierRegistry.Create(TierRegistry.Reference.Name));
        Assert.Equal(ExitReason.Halt, run.Call());
        Assert.NotEqual(0UL, run.Result);
    }

    // WebAssembly is about as dense: a module that were much smaller would have lost what is never called.
    private static void AssertWasm(byte[] bytes, int size)
    {
        Assert.InRange(bytes.Length, size, size * 2);
        Assert.Equal(["guest_main", "memory"], new WasmModule(bytes).Exports.Order(StringComparer.Ordinal));
    }
}

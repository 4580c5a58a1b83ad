using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Guests.Tests;

/// <summary>Where the compilers are, the guests are built again: the sources are what the built programs came from.</summary>
public sealed class RebuildTests
{
    [ToolFact("clang-19", "ld.lld-19", "llvm-ar-19")]
    public void C_and_Cpp_guests_build_to_the_same_bytes()
    {
        var names = SourceNames("c", "*.c").Concat(SourceNames("cpp", "*.cpp")).ToList();
        AssertRebuilds(names.Select(name => $"elf/{name}.elf"), "--elf-only", "--no-rust");
    }

    [RustFact]
    public void Rust_guests_build_to_the_same_bytes() => AssertRebuilds(["elf/collections.elf"], "--elf-only", "--rust");

    [ToolFact("clang-19", "ld.lld-19", "wasm-ld-19", "llvm-ar-19")]
    public void Workloads_for_other_engines_build_to_the_same_bytes()
    {
        var names = GuestFiles.Workloads.Select(row => row.Name);
        AssertRebuilds(names.SelectMany(name => new[] { $"wasm/{name}.wasm", $"riscv64/{name}", $"x64/{name}" }), "--engines");
    }

    [ToolFact("clang-19", "ld.lld-19", "llvm-objdump-19", "qemu-riscv64")]
    public void Guests_compute_the_same_outside_PVM2()
    {
        // Fails by its exit code; the output is looked at so that a check of nothing would not pass.
        var output = RunBuildScript("--check", "--no-rust");
        Assert.Contains("runtime          ok", output, StringComparison.Ordinal);
        foreach (var (name, result) in GuestFiles.Results.Where(row => row.Name != "collections"))
        {
            Assert.Contains($"{name,-16} {result:x8}  native\n", output, StringComparison.Ordinal);
            Assert.Contains($"{name,-16} {result:x8}  qemu-riscv64\n", output, StringComparison.Ordinal);
        }
    }

    private static void AssertRebuilds(IEnumerable<string> files, params ReadOnlySpan<string> options)
    {
        var folder = Directory.CreateTempSubdirectory("pvm2-guests-");
        try
        {
            RunBuildScript([.. options, "--out", folder.FullName]);
            var rebuilt = folder.GetFiles("*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/'))
                .Order(StringComparer.Ordinal).ToList();
            Assert.Equal(files.Order(StringComparer.Ordinal), rebuilt);
            foreach (var name in rebuilt)
            {
                var bytes = File.ReadAllBytes(Path.Combine(folder.FullName, name));
                Assert.True(
                    bytes.AsSpan().SequenceEqual(File.ReadAllBytes(GuestFiles.PathOfBuilt(name))),
                    $"built/{name} is not what its source builds to: run bench/guests/build.sh.");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs the build script, which fails rather than install a compiler.</summary>
    /// <returns>What it printed.</returns>
    internal static string RunBuildScript(params string[] arguments) =>
        ExternalTool.Find("bash").Run([Path.Combine(GuestFiles.Folder, "build.sh"), "--no-install", .. arguments]);

    private static IEnumerable<string> SourceNames(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(GuestFiles.Folder, folder), pattern)
            .Select(file => Path.GetFileNameWithoutExtension(file));
}

using Xunit;

namespace Pvm2.Guests.Tests.Engines;

/// <summary>The workloads as WebAssembly modules: what they need and offer. Engines that run them are elsewhere.</summary>
public sealed class WasmModuleTests
{
    private const int CustomSection = 0;
    private const int ImportSection = 2;

    [Fact]
    public void A_module_needs_nothing_and_has_no_names()
    {
        foreach (var (name, _) in GuestFiles.Workloads)
        {
            var module = new WasmModule(File.ReadAllBytes(GuestFiles.PathOfBuilt($"wasm/{name}.wasm")));
            Assert.DoesNotContain(ImportSection, module.Sections);
            Assert.DoesNotContain(CustomSection, module.Sections);
            Assert.Equal(["guest_main", "memory"], module.Exports.Order(StringComparer.Ordinal));
        }
    }
}

using Pvm2.Compare.Engines;
using Pvm2.Compare.Preparation;
using Pvm2.Measuring;
using Pvm2.Runtime.Execution;

namespace Pvm2.Compare.Tests.Preparation;

public sealed class ProgramSizesTests : IDisposable
{
    private static readonly ProgramFiles Files = new(Path.Combine(Workload.FindRoot(), "bench", "guests", "built"), "saved");

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("keccak")]
    [InlineData("ecrecover")]
    [InlineData("prime_sieve")]
    public void PartsOfContainersAddUpToLessThanTheWhole(string workload)
    {
        var sizes = ProgramSizes.Of(Files, workload);

        foreach (var (build, size) in new[] { ("static", sizes.Static), ("xjar", sizes.Xjar) })
        {
            var bytes = File.ReadAllBytes(Files.Find(build, workload));
            Assert.Equal(bytes.Length, size.Whole);
            Assert.Equal(Module.Load(bytes).Program.Code.Length, size.Code);
            Assert.InRange(size.Code + size.Tables + size.Data, size.Code, size.Whole - 1);
        }

        Assert.True(sizes.ElfText > 0);
        Assert.Equal(0, sizes.Xjar.Tables);
        Assert.True(sizes.Static.Tables > 0);
    }

    [Fact]
    public void DataIsWhatIsStored()
    {
        var sizes = ProgramSizes.Of(Files, "ecrecover");

        Assert.True(sizes.Static.Data > 1000);
    }

    [Fact]
    public void CodeOfWebAssemblyIsItsSection()
    {
        // A type section of 4 bytes, and a code section of 300, whose length takes two bytes.
        File.WriteAllBytes(_path, [.. "\0asm"u8, 1, 0, 0, 0, 1, 4, 0, 0, 0, 0, 10, 0xac, 2, .. new byte[300]]);

        Assert.Equal(300, ProgramSizes.CountCode("wasm", _path));
    }

    [Theory]
    [InlineData("wasm")]
    [InlineData("elf")]
    [InlineData("static")]
    public void FileThatIsNotWhatItsBuildSaysIsRefused(string build)
    {
        File.WriteAllText(_path, "no program");

        _ = Assert.Throws<InvalidDataException>(() => ProgramSizes.CountCode(build, _path));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0x61, 0x73, 0x6d, 1, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 10, 0x80 })]
    [InlineData(new byte[] { 0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff, 0xff })]
    public void WebAssemblyThatIsCutOffIsRefused(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);

        _ = Assert.Throws<InvalidDataException>(() => ProgramSizes.CountCode("wasm", _path));
    }
}

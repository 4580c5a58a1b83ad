using Pvm2.Compare.Engines;
using Pvm2.Compare.Results;
using Pvm2.Measuring;

namespace Pvm2.Compare.Tests.Engines;

public sealed class AdapterFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void EveryMemberIsRead()
    {
        File.WriteAllText(_path, """
            {
              // A comment is no mistake.
              "id": "mine/fuel", "title": "Mine", "family": "mine", "metering": "fuel", "program": "wasm",
              "serve": ["mine", "serve"], "once": ["mine", "once", "{program}"],
              "kinds": ["compile", "cold", "steady", "process"], "hint": "cargo install mine",
            }
            """);

        var engine = AdapterFile.Read(_path);

        Assert.Equal(("mine/fuel", "Mine", "mine", "fuel", "wasm"), (engine.Id, engine.Title, engine.Family, engine.Metering, engine.Program));
        Assert.Equal(["mine", "serve"], engine.Serve);
        Assert.Equal(["mine", "once", "a.wasm"], EngineDefinition.Complete(engine.Once, "a.wasm"));
        Assert.Equal([Kind.Compile, Kind.Cold, Kind.Steady, Kind.Process], engine.Kinds);
        Assert.Equal("cargo install mine", engine.Hint);
        Assert.True(engine.IsAdapter);
        Assert.False(engine.HasProcessPerWorkload);
    }

    [Theory]
    [InlineData("qemu-x86_64.json", "qemu/x64")]
    [InlineData("example.json", "example/shell")]
    public void ExamplesAreAdapters(string file, string id)
    {
        var engine = AdapterFile.Read(Path.Combine(Workload.FindRoot(), "bench", "adapters", file));

        Assert.Equal(id, engine.Id);
        Assert.EndsWith(
            Path.Combine("x64", "keccak"), new ProgramFiles("built", "saved").Find(engine.Program, "keccak"), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsLeftOutIsTakenFromTheId()
    {
        File.WriteAllText(_path, """
            { "id": "mine", "metering": "none", "program": "/p/{workload}.bin", "serve": ["mine", "{program}"], "kinds": ["steady"] }
            """);

        var engine = AdapterFile.Read(_path);

        Assert.Equal(("mine", "mine"), (engine.Title, engine.Family));
        Assert.Empty(engine.Once);
        Assert.True(engine.HasProcessPerWorkload);
        Assert.Equal("/p/keccak.bin", new ProgramFiles("built", "saved").Find(engine.Program, "keccak"));
    }

    [Theory]
    [InlineData("""{ "metering": "none", "program": "wasm", "serve": ["x"], "kinds": ["steady"] }""", "\"id\" is missing")]
    [InlineData("""{ "id": "x", "program": "wasm", "serve": ["x"], "kinds": ["steady"] }""", "\"metering\" is missing")]
    [InlineData("""{ "id": "x", "metering": "none", "serve": ["x"], "kinds": ["steady"] }""", "\"program\" is missing")]
    [InlineData("""{ "id": "x", "metering": "none", "program": "wasm", "serve": [], "kinds": ["steady"] }""", "\"serve\" is missing")]
    [InlineData("""{ "id": "x", "metering": "none", "program": "wasm", "serve": ["x"], "kinds": [] }""", "\"kinds\" is empty")]
    [InlineData("""{ "id": "x", "metering": "none", "program": "wasm", "serve": ["x"], "kinds": ["process"] }""", "needs \"once\"")]
    [InlineData("""{ "id": "x", "metering": "none", "program": "wasm", "serve": ["x"], "kinds": ["fast"] }""", "kinds")]
    [InlineData("""{ "id": "x", "metering": "none", "program": "wasm", "serve": [""], "kinds": ["steady"] }""", "begin with a program")]
    [InlineData("""{ "id": "x", "metering": "none", "program": "wasm", "serve": ["x", null], "kinds": ["steady"] }""", "null")]
    [InlineData("""{ "id": "x", "metering": "none", "program": "wasm", "serve": ["x"], "once": [null], "kinds": ["steady"] }""", "null")]
    [InlineData("""{ "id": "x", "speed": 9 }""", "speed")]
    [InlineData("null", "empty")]
    [InlineData("id = x", "invalid")]
    public void WhatIsWrongIsSaid(string text, string reason)
    {
        File.WriteAllText(_path, text);

        var failure = Assert.Throws<InvalidDataException>(() => AdapterFile.Read(_path));

        Assert.StartsWith(_path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProgramThatIsNeitherABuildNorAPathIsRefused()
    {
        var failure = Assert.Throws<InvalidDataException>(() => new ProgramFiles("built", "saved").Find("evm", "keccak"));

        Assert.Contains("\"evm\"", failure.Message, StringComparison.Ordinal);
        Assert.Contains("riscv64", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("static", "built/static/keccak.pvm2")]
    [InlineData("wasm", "built/wasm/keccak.wasm")]
    [InlineData("riscv64", "built/riscv64/keccak")]
    [InlineData("saved-r2r", "saved/saved-r2r/keccak.dll")]
    public void EveryBuildHasItsFolder(string build, string path) =>
        Assert.Equal(path, new ProgramFiles("built", "saved").Find(build, "keccak"));

    [Fact]
    public void BuiltInEnginesHaveIdsOfTheirOwnAndCommands()
    {
        var engines = new BuiltInEngines("/host").Create();

        Assert.Equal(engines.Count, engines.Select(engine => engine.Id).Distinct().Count());
        Assert.All(engines, engine => Assert.NotEmpty(engine.Serve));
        Assert.All(engines.Where(engine => engine.Kinds.Contains(Kind.Process)), engine => Assert.NotEmpty(engine.Once));
        Assert.Contains(engines, engine => engine.Id == BuiltInEngines.Reference);
        Assert.Contains(engines, engine => engine.Id == BuiltInEngines.Rival);
        Assert.Contains(engines, engine => engine.Id == BuiltInEngines.BareMetal);
    }
}

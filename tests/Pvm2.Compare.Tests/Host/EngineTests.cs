using Pvm2.Compare.Host.Engines;
using Pvm2.IlJit.Aot;
using Pvm2.Measuring;
using Pvm2.Native;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text;

namespace Pvm2.Compare.Tests.Host;

/// <summary>Short sessions with the engines themselves.</summary>
public sealed class EngineTests : IDisposable
{
    private const string KeccakResult = "0x39e50259";

    private const string WasmGuest = """
        (module
          (memory (export "memory") 1)
          (func (export "guest_main") (result i32)
            (i32.store (i32.const 16) (i32.const -2))
            (i32.load (i32.const 16))))
        """;

    private static readonly string Keccak = Path.Combine(Workload.FolderOf("static"), "keccak.pvm2");

    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    /// <summary>Engines that take containers, as far as they can run here.</summary>
    public static TheoryData<string> ContainerEngines { get; } = [.. EngineCatalog.Ids.Where(IsOfContainers)];

    [Theory]
    [MemberData(nameof(ContainerEngines))]
    public void A_container_gives_its_result_in_every_kind(string id)
    {
        var answers = Ask(id, Keccak, "cold 2", "run 3", "instances 2", "run 1");

        Assert.Matches("^ok Pvm2 [0-9.]+ [(][a-z]+[)]$", answers[0]);
        Assert.Matches($@"^ok \d+ {KeccakResult}$", answers[2]);
        Assert.Matches($@"^ok \d+ {KeccakResult}$", answers[3]);
        Assert.Matches(@"^ok \d+ \d+$", answers[4]);
        Assert.Matches($@"^ok \d+ {KeccakResult}$", answers[5]);
    }

    [Theory]
    [MemberData(nameof(ContainerEngines))]
    public void Only_what_is_compiled_before_it_runs_can_be_compiled_apart(string id) =>
        Assert.Matches(
            EngineCatalog.FindTier(id)!.Value.Tier.CodeTime == CodeTime.BeforeRuns ? @"^ok \d+$" : "^unsupported .+",
            Ask(id, Keccak, "compile 2")[2]);

    [Theory]
    [MemberData(nameof(ContainerEngines))]
    public void A_guest_that_does_not_halt_is_an_error(string id)
    {
        var program = Assembler.Assemble("main:\n ecalli 99\n ecalli 0\n").Program!;
        File.WriteAllBytes(_file, ProgramWriter.Write(program));

        var answers = Ask(id, _file, "cold 1", "run 1", "instances 1");

        Assert.All(answers[2..], answer => Assert.StartsWith("error the guest ended with HostCall at 0x", answer, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("interpreter/pipeline")]
    [InlineData("il/none")]
    [InlineData("wasmtime/none")]
    public void Bytes_that_are_no_program_are_an_error(string id)
    {
        File.WriteAllText(_file, "This is no program.");

        var answers = Ask(id, _file, "compile 1", "cold 1", "run 1", "instances 1");

        Assert.All(answers[2..], answer => Assert.StartsWith("error ", answer, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("wasmtime/none")]
    [InlineData("wasmtime/fuel")]
    public void A_module_gives_its_result_in_every_kind(string id)
    {
        WriteModule(WasmGuest);

        var answers = Ask(id, _file, "compile 2", "cold 2", "run 3", "instances 2");

        Assert.Matches("^ok Wasmtime [0-9.]+ [(]Cranelift", answers[0]);
        Assert.Matches(@"^ok \d+$", answers[2]);
        Assert.Matches(@"^ok \d+ 0xfffffffe$", answers[3]);
        Assert.Matches(@"^ok \d+ 0xfffffffe$", answers[4]);
        Assert.Matches(@"^ok \d+ \d+$", answers[5]);
    }

    [Fact]
    public void A_module_that_traps_is_an_error_in_one_line()
    {
        WriteModule("(module (func (export \"guest_main\") (result i32) unreachable))");

        Assert.Matches("^error .*unreachable", Ask("wasmtime/none", _file, "run 1")[2]);
    }

    [Fact]
    public void A_module_without_the_entry_point_is_an_error()
    {
        WriteModule("(module)");

        Assert.Matches("^error the module exports no function guest_main", Ask("wasmtime/fuel", _file, "cold 1")[2]);
    }

    [Fact]
    public void A_saved_guest_runs_and_is_never_compiled()
    {
        Save(GasModel.Flat);

        var answers = Ask("saved/flat", _file, "compile 1", "cold 1", "run 3", "instances 2");

        Assert.Equal("ok", answers[1]);
        Assert.All(answers[2..4], answer => Assert.StartsWith("unsupported ", answer, StringComparison.Ordinal));
        Assert.Matches($@"^ok \d+ {KeccakResult}$", answers[4]);
        Assert.Matches(@"^ok \d+ \d+$", answers[5]);
    }

    [Fact]
    public void A_saved_guest_must_have_the_gas_model()
    {
        Save(GasModel.Flat);

        Assert.Equal("error the guest was saved for Flat, not for Pipeline", Ask("saved/pipeline", _file)[1]);
    }

    [Fact]
    public void A_saved_guest_without_machine_code_is_not_taken_for_one_with_it()
    {
        Save(GasModel.Pipeline);

        Assert.Equal("error there is no machine code in the file", Ask("saved-r2r/pipeline", _file)[1]);
    }

    [Fact]
    public void A_container_is_no_saved_guest() =>
        Assert.StartsWith("error ", Ask("saved/pipeline", Keccak)[1], StringComparison.Ordinal);

    public void Dispose() => File.Delete(_file);

    private static bool IsOfContainers(string id) => EngineCatalog.FindTier(id) is { } found
        && (found.Tier.Name != "native" || NativeTier.Support.IsSupported);

    private static string[] Ask(string id, string path, params string[] requests) =>
        Conversation.Hold(EngineCatalog.Find(id)!, ["hello 1 cpu=0", $"load {path}", .. requests]);

    private void WriteModule(string text) => File.WriteAllBytes(_file, Wasmtime.Module.ConvertText(text));

    private void Save(GasModel model)
    {
        using var file = File.Create(_file);
        GuestAssembly.Write(Module.Load(File.ReadAllBytes(Keccak)), new GuestAssemblyOptions { GasModels = [model] }, file);
    }
}

using Pvm2.Compare.Results;

namespace Pvm2.Compare.Engines;

/// <summary>The engines that a comparison has without anybody's adapter.</summary>
/// <param name="host">The program that holds the engines that are .NET libraries.</param>
public sealed class BuiltInEngines(string host)
{
    private static readonly Kind[] All = [Kind.Compile, Kind.Cold, Kind.Steady, Kind.Process];
    private static readonly Kind[] Warm = [Kind.Compile, Kind.Cold, Kind.Steady];
    private static readonly Kind[] Precompiled = [Kind.Steady, Kind.Process];

    /// <summary>The engine that others are compared with.</summary>
    public const string Reference = "native/pipeline";

    /// <summary>The engine that the bars of this project are about.</summary>
    public const string Rival = "wasmtime/fuel";

    /// <summary>The machine's own code.</summary>
    public const string BareMetal = "bare/x64";

    /// <summary>All of them, in the order of the tables.</summary>
    public IReadOnlyList<EngineDefinition> Create() =>
    [
        Ours("native", "native", "pipeline", All),
        Ours("native", "native", "flat", Warm),
        Ours("native", "native", "none", Warm),
        Ours("auto", "automatic", "pipeline", [Kind.Cold, Kind.Steady, Kind.Process]),
        Ours("auto-portable", "automatic without native", "pipeline", [Kind.Cold, Kind.Steady, Kind.Process]),
        Ours("auto-promoting", "automatic from the interpreter on", "pipeline", []),
        Ours("il", "IL", "pipeline", All),
        Ours("il", "IL", "flat", Warm),
        Ours("il", "IL", "none", Warm),
        Ours("aot", "AOT in process", "pipeline", Warm),
        Ours("aot", "AOT in process", "flat", Warm),
        Ours("aot", "AOT in process", "none", Warm),
        Saved("saved", "AOT, saved"),
        Saved("saved-r2r", "AOT, saved, ReadyToRun"),
        Ours("interpreter", "interpreter", "pipeline", All),
        Ours("interpreter", "interpreter", "flat", Warm),
        Ours("interpreter", "interpreter", "none", Warm),
        Xjar("native", "native"),
        Wasmtime("fuel"),
        Wasmtime("none"),
        Emulator(),
        Bare(),
        PolkaVm(),
    ];

    private EngineDefinition Ours(string tier, string title, string model, IReadOnlyList<Kind> kinds) =>
        InHost($"{tier}/{model}", $"{title}, {Describe(model)}", "pvm2", model, "static", kinds);

    private EngineDefinition Xjar(string tier, string title) =>
        InHost($"{tier}/pipeline", $"{title}, pipeline gas, xjar", "pvm2", "pipeline", "xjar", Warm) with { Id = $"{tier}-xjar/pipeline" };

    private EngineDefinition Saved(string form, string title) =>
        InHost($"{form}/pipeline", $"{title}, pipeline gas", "pvm2", "pipeline", form, Precompiled);

    private EngineDefinition Wasmtime(string model) =>
        InHost($"wasmtime/{model}", $"Wasmtime, {(model == "none" ? "no fuel" : model)}", "wasmtime", model, "wasm", All);

    private EngineDefinition InHost(
        string id, string title, string family, string metering, string program, IReadOnlyList<Kind> kinds) => new(
        id,
        title,
        family,
        metering,
        program,
        [host, "serve", id],
        [host, "once", id, EngineDefinition.ProgramPlaceholder],
        kinds,
        string.Empty,
        IsAdapter: false);

    private static EngineDefinition Emulator() => new(
        "qemu/riscv64",
        "qemu-riscv64",
        "qemu",
        "none",
        "riscv64",
        ["qemu-riscv64", EngineDefinition.ProgramPlaceholder, "serve"],
        ["qemu-riscv64", EngineDefinition.ProgramPlaceholder, "once"],
        Precompiled,
        "Debian package qemu-user",
        IsAdapter: false);

    private static EngineDefinition Bare() => new(
        BareMetal,
        "bare metal, clang -O2",
        "bare",
        "none",
        "x64",
        [EngineDefinition.ProgramPlaceholder, "serve"],
        [EngineDefinition.ProgramPlaceholder, "once"],
        Precompiled,
        "an x86-64 Linux machine",
        IsAdapter: false);

    private static EngineDefinition PolkaVm() => new(
        "polkavm/gas",
        "PolkaVM, gas",
        "polkavm",
        "gas",
        "elf",
        ["pvm2-compare-polkavm", "serve"],
        ["pvm2-compare-polkavm", "once", EngineDefinition.ProgramPlaceholder],
        All,
        "no package registry has it; a command of this name that speaks the protocol of docs/engine-adapters.md is measured",
        IsAdapter: true);

    private static string Describe(string model) => model switch
    {
        "none" => "no gas",
        _ => model + " gas",
    };
}

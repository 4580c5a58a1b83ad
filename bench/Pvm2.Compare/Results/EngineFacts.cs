namespace Pvm2.Compare.Results;

/// <summary>An engine that was asked for, and what became of it.</summary>
/// <param name="Id">Its name in files and on the command line, such as <c>native/pipeline</c>.</param>
/// <param name="Title">Its name in tables and charts.</param>
/// <param name="Family">Which of ours, or whose: <c>pvm2</c>, <c>wasmtime</c>, <c>qemu</c>, <c>bare</c>, or an adapter's.</param>
/// <param name="Version">What it says of itself; empty where it was skipped.</param>
/// <param name="Program">Which build of the workloads it takes: <c>static</c>, <c>xjar</c>, <c>wasm</c>, <c>riscv64</c>, <c>x64</c>, or an adapter's.</param>
/// <param name="Metering">Who meters, and by which model: <c>pipeline</c>, <c>flat</c>, <c>fuel</c>, <c>none</c>, or an adapter's own words.</param>
/// <param name="Kinds">What it was measured for.</param>
/// <param name="Skipped">Why it was not measured; empty where it was.</param>
public sealed record EngineFacts(
    string Id, string Title, string Family, string Version, string Program, string Metering, IReadOnlyList<Kind> Kinds, string Skipped);

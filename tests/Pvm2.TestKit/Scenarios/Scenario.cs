using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.Scenarios;

/// <summary>A program and what must happen when it runs; <c>tests/scenarios/README.md</c> describes the text.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Name">What it shows, in words.</param>
/// <param name="Profiles">The profiles in which it runs.</param>
/// <param name="Models">The gas models in which it runs.</param>
/// <param name="Gas">What it starts with.</param>
/// <param name="Compress">Whether the assembler may use 2-byte instructions unasked.</param>
/// <param name="Source">The program.</param>
/// <param name="Steps">What happens.</param>
public sealed record Scenario(
    string File,
    string Name,
    IReadOnlyList<Profile> Profiles,
    IReadOnlyList<GasModel> Models,
    ulong Gas,
    bool Compress,
    string Source,
    IReadOnlyList<ScenarioStep> Steps);

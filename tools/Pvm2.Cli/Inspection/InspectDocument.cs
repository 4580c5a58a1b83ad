using Pvm2.Cli.Input;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Programs;

namespace Pvm2.Cli.Inspection;

/// <summary>What <c>inspect --json</c> prints, and what its report for people is made of. See docs/cli.md.</summary>
internal sealed record InspectDocument(
    string File,
    string Kind,
    int FileBytes,
    int ContainerBytes,
    string Profile,
    string Sha256,
    CodeDocument Code,
    JumpTablesDocument JumpTables,
    IReadOnlyList<SectionDocument> Sections,
    GasDocument Gas,
    IReadOnlyList<CodePointDocument> EntryPoints,
    IReadOnlyList<CodePointDocument> Symbols,
    IReadOnlyList<BuildNoteDocument> BuildNotes,
    int ExitCode = 0,
    ErrorDocument? Error = null)
{
    /// <summary>Describes a program.</summary>
    public static InspectDocument Of(SourceProgram source, Module module, GasModel model)
    {
        var program = module.Program;
        var containerSize = ProgramWriter.Write(program).Length;
        return new InspectDocument(
            source.Path,
            source.Kind.Word(),
            source.FileSize,
            containerSize,
            program.Profile.Word(),
            module.Hash.ToString(),
            CodeDocument.Of(program, module.Blocks),
            new JumpTablesDocument(program.JumpTables.Count, program.JumpTables.Entries.Length),
            SectionDocument.ListOf(program, containerSize),
            GasDocument.Of(module, model),
            [.. program.EntryPoints.Select(entry => CodePointDocument.Of(program, entry.Name, entry.Offset))],
            [.. program.Symbols.Select(symbol => CodePointDocument.Of(program, symbol.Name, symbol.Offset))],
            [.. program.BuildNotes.Select(note => new BuildNoteDocument(note.Key, note.Value))]);
    }
}

/// <summary>The jump tables of a program.</summary>
/// <param name="Tables">How many there are.</param>
/// <param name="Entries">How many code offsets they hold in all.</param>
internal sealed record JumpTablesDocument(int Tables, int Entries);

/// <summary>A note of the program's producer.</summary>
internal sealed record BuildNoteDocument(string Key, string Value);

/// <summary>A named place in the code.</summary>
/// <param name="Name">The name.</param>
/// <param name="Pc">The program counter there, in hex.</param>
internal sealed record CodePointDocument(string Name, string Pc)
{
    /// <summary>Describes a place.</summary>
    public static CodePointDocument Of(GuestProgram program, string name, uint offset) =>
        new(name, Hex.Address(program.CodeBase + offset));
}

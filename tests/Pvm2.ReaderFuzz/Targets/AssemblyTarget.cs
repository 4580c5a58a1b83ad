using System.Text;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Text;

namespace Pvm2.ReaderFuzz.Targets;

/// <summary>Assembly text: what assembles keeps the rules, and its listing assembles to the same code.</summary>
internal sealed class AssemblyTarget : IReaderTarget
{
    /// <inheritdoc/>
    public string Name => "assembly";

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds(string root) =>
    [
        .. SeedFiles.Read(root, "tests/scenarios", "*.txt").SelectMany(Sources),
    ];

    /// <inheritdoc/>
    public void Check(byte[] bytes)
    {
        var result = Assembler.Assemble(Encoding.UTF8.GetString(bytes));
        if (result.Program is not { } program)
        {
            Require.That(result.Diagnostics.Count != 0, "a refusal has a reason");
            return;
        }

        if (!Module.TryCreate(program, out _, out _))
        {
            return;
        }

        var again = Assembler.Assemble(Disassembler.Disassemble(program)).Program;
        Require.That(again is not null && again.Code.Span.SequenceEqual(program.Code.Span), "a listing assembles to the same code");
    }

    /// <summary>The programs of a file of scenarios: what stands between two lines of dashes.</summary>
    private static IEnumerable<byte[]> Sources(byte[] file)
    {
        var parts = Encoding.UTF8.GetString(file).Split("\n---\n");
        for (var i = 1; i < parts.Length; i += 2)
        {
            yield return Encoding.UTF8.GetBytes(parts[i]);
        }
    }
}

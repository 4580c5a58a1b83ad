using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Text;

/// <summary>What an assembly source became: a program that loads, or everything that is wrong with it.</summary>
public sealed class AssemblyResult
{
    internal AssemblyResult(GuestProgram program, IReadOnlyDictionary<string, ulong> symbols)
    {
        Program = program;
        Symbols = symbols;
    }

    internal AssemblyResult(IReadOnlyList<AssemblyDiagnostic> diagnostics) => Diagnostics = diagnostics;

    /// <summary>The program; there is none if the source has errors.</summary>
    public GuestProgram? Program { get; }

    /// <summary>The errors in the order of their lines; empty if there is a program.</summary>
    public IReadOnlyList<AssemblyDiagnostic> Diagnostics { get; } = [];

    /// <summary>
    /// The named labels and constants of the source: code labels as program counters (offsets in the static
    /// profile, addresses in xjar), data labels as addresses. Empty if there is no program.
    /// </summary>
    public IReadOnlyDictionary<string, ulong> Symbols { get; } = new Dictionary<string, ulong>();

    /// <summary>Whether the source was assembled.</summary>
    [MemberNotNullWhen(true, nameof(Program))]
    public bool Succeeded => Program is not null;
}

using System.Diagnostics.CodeAnalysis;
using Pvm2.Linker.Output;
using Pvm2.Runtime.Programs;

namespace Pvm2.Linker;

/// <summary>A linked program and its map, or the errors that prevented it.</summary>
public sealed class LinkResult
{
    internal LinkResult(GuestProgram program, LinkMap map)
    {
        Program = program;
        Map = map;
        Errors = [];
    }

    internal LinkResult(IReadOnlyList<LinkError> errors) => Errors = errors;

    /// <summary>Whether there is a program.</summary>
    [MemberNotNullWhen(true, nameof(Program), nameof(Map))]
    public bool Succeeded => Program is not null;

    /// <summary>The program, which satisfies the rules of its profile.</summary>
    public GuestProgram? Program { get; }

    /// <summary>What of the ELF went where in the program.</summary>
    public LinkMap? Map { get; }

    /// <summary>What is wrong with the ELF: empty after success, else at least one, in order of discovery.</summary>
    public IReadOnlyList<LinkError> Errors { get; }
}

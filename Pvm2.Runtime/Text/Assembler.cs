using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text.Layout;
using Pvm2.Runtime.Text.Parsing;

namespace Pvm2.Runtime.Text;

/// <summary>Makes programs of assembly sources; <c>docs/assembly.md</c> describes the language.</summary>
public static class Assembler
{
    /// <summary>Assembles a source.</summary>
    /// <param name="source">The source text.</param>
    /// <param name="options">What to assemble for; the static profile with compression if there are none.</param>
    /// <returns>A program that <see cref="ProgramValidator"/> accepts, or all errors that were found.</returns>
    public static AssemblyResult Assemble(string source, AssemblerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new AssemblerOptions();

        var unit = new AssemblyUnit(options.Profile);
        var builder = new InstructionBuilder(unit);
        new StatementParser(unit, builder, options.Compress).Parse(source);

        var memory = new RegionLayout(unit);
        if (memory.TryPlace() && new CodeLayout(unit, builder).TryLayOut())
        {
            var program = new ProgramAssembly(unit, builder, memory).Build();
            if (unit.Diagnostics.Count == 0)
            {
                ProgramChecks.Check(unit, program);
            }

            if (unit.Diagnostics.Count == 0)
            {
                return new AssemblyResult(program, SymbolValues.List(unit));
            }
        }

        return new AssemblyResult(unit.Diagnostics.InOrder());
    }
}

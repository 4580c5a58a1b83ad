using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Elf;

namespace Pvm2.Linker.Input;

/// <summary>Pass: turns the relocations of data into symbolic pointers.</summary>
internal static class DataRelocations
{
    /// <summary>Resolves the relocations of all data sections.</summary>
    public static List<DataReference> Resolve(InputSections sections, SymbolResolver resolver, ErrorReporter report)
    {
        var references = new List<DataReference>();
        for (var i = 0; i < sections.Data.Length; i++)
        {
            ResolveSection(sections.Data[i], i, resolver, report, references);
        }

        return references;
    }

    /// <summary>Resolves the pointers of one section.</summary>
    public static void ResolveSection(
        DataSection section, int index, SymbolResolver resolver, ErrorReporter report, List<DataReference> references)
    {
        foreach (var relocation in section.Relocations)
        {
            if (relocation.Type is RelocationType.None or RelocationType.Relax)
            {
                continue;
            }

            var width = relocation.Type switch
            {
                RelocationType.Absolute64 => 8,
                RelocationType.Absolute32 => 4,
                _ => 0,
            };
            if (width == 0)
            {
                Refuse(section, relocation, report);
            }
            else if (relocation.Offset + (ulong)width > (ulong)section.Elf.Content.Length)
            {
                report.AddAt(section.Elf, relocation, "the pointer lies outside the content of its section", string.Empty);
            }
            else if (resolver.TryResolve(relocation, out var target, out var problem))
            {
                references.Add(new DataReference(index, (uint)relocation.Offset, (byte)width, target));
            }
            else
            {
                report.AddAt(section.Elf, relocation, problem.Reason, problem.Advice);
            }
        }
    }

    private static void Refuse(DataSection section, in ElfRelocation relocation, ErrorReporter report)
    {
        var (reason, advice) = relocation.Type switch
        {
            var t when RelocationTypes.IsDifference(t) => (
                "a difference of addresses, as position-independent jump tables have, cannot be kept",
                "Compile with -fno-pic (Rust: relocation-model=static) or -fno-jump-tables."),
            var t when RelocationTypes.IsThreadLocal(t) => (
                "thread-local storage is not supported", "A guest has one thread: make the variable an ordinary static."),
            RelocationType.Relative or RelocationType.Copy or RelocationType.JumpSlot or RelocationType.IndirectRelative => (
                "the pointer is for a dynamic loader", "Link with -static and without -pie or -shared."),
            _ => ("the linker does not know this relocation", "Compile with -fno-pic and link with -static."),
        };
        report.AddAt(section.Elf, relocation, reason, advice);
    }
}

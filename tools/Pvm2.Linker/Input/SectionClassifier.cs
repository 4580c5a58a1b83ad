using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Elf;

namespace Pvm2.Linker.Input;

/// <summary>Pass: sorts the sections of the ELF into code, data, export lists and what is left out.</summary>
internal static class SectionClassifier
{
    private const ulong LargestAlignment = 1 << 16;

    /// <summary>Sections of the ELF's memory that only its own loader, linker or debugger would look at.</summary>
    private static readonly HashSet<string> Superfluous = new(StringComparer.Ordinal)
    {
        // Unwind tables: PVM2 guests do not unwind.
        ".eh_frame", ".eh_frame_hdr", ".gcc_except_table",

        // The linker loads addresses directly.
        ".got", ".got.plt", ".relro_padding",
    };

    /// <summary>Sorts the sections.</summary>
    public static InputSections Classify(ElfImage image, ErrorList errors)
    {
        var relocations = CollectRelocations(image, errors);
        var roles = Array.ConvertAll(image.Sections, s => RoleOf(s, errors));
        var places = new SectionPlace[roles.Length];
        var code = new List<CodeSection>();
        var data = new List<DataSection>();
        var exports = new List<DataSection>();
        foreach (var section in image.Sections.OrderBy(s => s.Address).ThenBy(s => s.Size))
        {
            var role = roles[section.Index];
            places[section.Index] = new SectionPlace(role, role == SectionRole.Code ? code.Count : data.Count);
            switch (role)
            {
                case SectionRole.Code:
                    code.Add(new CodeSection(section, relocations[section.Index]));
                    break;
                case SectionRole.Data:
                    data.Add(new DataSection(section, relocations[section.Index]));
                    break;
                case SectionRole.Exports:
                    exports.Add(new DataSection(section, relocations[section.Index]));
                    break;
            }
        }

        var result = new InputSections(places, [.. code], [.. data], [.. exports]);
        CheckOverlaps(image, roles, errors);
        return result;
    }

    private static ElfRelocation[][] CollectRelocations(ElfImage image, ErrorList errors)
    {
        var result = new ElfRelocation[image.Sections.Length][];
        Array.Fill(result, []);
        foreach (var section in image.Sections)
        {
            if (section.Type is not (ElfSectionType.RelocationsWithAddends or ElfSectionType.Relocations)
                || section.Info >= image.Sections.Length
                || !image.Sections[section.Info].IsAllocated)
            {
                continue;
            }

            var target = image.Sections[section.Info];
            if (Superfluous.Contains(target.Name))
            {
                continue;
            }

            if (result[target.Index].Length != 0)
            {
                errors.Add(section.Name, 0, $"a second section of relocations for {target.Name}");
                continue;
            }

            result[target.Index] = ElfReader.ReadRelocations(image, section, target, errors);
        }

        return result;
    }

    private static SectionRole RoleOf(ElfSection section, ErrorList errors)
    {
        if (section.Type is ElfSectionType.Dynamic or ElfSectionType.DynamicSymbols)
        {
            errors.Add(section.Name, 0, "the file is dynamically linked", "Link with -static and without -pie or -shared.");
            return SectionRole.None;
        }

        // A header of type null is inactive, and nothing else in it means anything.
        if (!section.IsAllocated || section.Type == ElfSectionType.Null)
        {
            return SectionRole.None;
        }

        if (section.Type == ElfSectionType.Note || Superfluous.Contains(section.Name))
        {
            return SectionRole.Dropped;
        }

        return CheckContent(section, errors) ? RoleOfContent(section) : SectionRole.Dropped;
    }

    private static SectionRole RoleOfContent(ElfSection section) => section switch
    {
        { Name: ".pvm2.exports" } => SectionRole.Exports,
        _ when (section.Flags & ElfSectionFlags.Execute) != 0 => SectionRole.Code,
        _ => SectionRole.Data,
    };

    private static bool CheckContent(ElfSection section, ErrorList errors)
    {
        if ((section.Flags & ElfSectionFlags.ThreadLocal) != 0 && section.Size != 0)
        {
            return errors.Add(section.Name, 0, "thread-local storage is not supported", "A guest has one thread: make the variables ordinary statics.");
        }

        if ((section.Flags & ElfSectionFlags.Compressed) != 0)
        {
            return errors.Add(section.Name, 0, "the section is compressed");
        }

        if (section.Alignment > LargestAlignment)
        {
            return errors.Add(section.Name, 0, $"the section asks for an alignment of {section.Alignment} bytes; {LargestAlignment} is the most", "Lower the alignment of its objects.");
        }

        if (section.Address + section.Size < section.Address)
        {
            return errors.Add(section.Name, 0, "the section wraps around the end of the address space");
        }

        return (section.Flags & ElfSectionFlags.Execute) == 0 || CheckCode(section, errors);
    }

    private static bool CheckCode(ElfSection section, ErrorList errors)
    {
        if (section.Name is ".plt" or ".iplt")
        {
            return errors.Add(section.Name, 0, "functions are chosen or bound at load time (ifunc, shared objects)", "Link with -static, and without ifunc.");
        }

        if ((section.Flags & ElfSectionFlags.Write) != 0)
        {
            return errors.Add(section.Name, 0, "the section is both writable and executable", "Code of a PVM2 program never changes: link without --omagic, and keep code and data in separate sections.");
        }

        if (section.IsZeroFilled && section.Size != 0)
        {
            return errors.Add(section.Name, 0, "the section is executable and has no content");
        }

        return section.Size % 2 == 0 || errors.Add(section.Name, section.Size - 1, "the section of code ends in the middle of an instruction");
    }

    private static void CheckOverlaps(ElfImage image, SectionRole[] roles, ErrorList errors)
    {
        ElfSection? previous = null;
        foreach (var section in image.Sections.OrderBy(s => s.Address))
        {
            if (section.Size == 0 || roles[section.Index] is not (SectionRole.Code or SectionRole.Data))
            {
                continue;
            }

            if (previous is not null && section.Address - previous.Address < previous.Size)
            {
                errors.Add(section.Name, 0, $"the section overlaps {previous.Name}");
            }

            previous = section;
        }
    }
}

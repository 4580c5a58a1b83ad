using Pvm2.Linker.Diagnostics;

namespace Pvm2.Linker.Input;

/// <summary>
/// Pass: refuses an executable that has data and no relocations at all. Its pointers could not be found, and it
/// would link without complaint and then run wrong.
/// </summary>
internal static class RelocationPresence
{
    /// <summary>Checks that relocations were kept.</summary>
    public static void Check(InputSections sections, ErrorList errors)
    {
        var hasData = Array.Exists(sections.Data, s => s.Elf.Size != 0);
        var hasRelocations = Array.Exists(sections.Data, s => s.Relocations.Length != 0)
            || Array.Exists(sections.Exports, s => s.Relocations.Length != 0)
            || Array.Exists(sections.Code, s => s.Relocations.Length != 0);
        if (hasData && !hasRelocations)
        {
            errors.Add("the file has data and no relocations, so pointers in it cannot be told from numbers", "Link with -Wl,--emit-relocs (ld.lld --emit-relocs), and do not strip the file.");
        }
    }
}

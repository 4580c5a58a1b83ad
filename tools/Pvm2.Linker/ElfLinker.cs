using Pvm2.Linker.Diagnostics;
using Pvm2.Linker.Elf;
using Pvm2.Linker.Flow;
using Pvm2.Linker.Input;
using Pvm2.Linker.Layout;
using Pvm2.Linker.Lowering;
using Pvm2.Linker.Output;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Linker;

/// <summary>
/// Makes a PVM2 program of an ELF64 RV64E executable that was linked statically and with its relocations kept.
/// </summary>
public static class ElfLinker
{
    /// <summary>Links an ELF.</summary>
    /// <param name="elf">The bytes of the file; nothing in them is trusted.</param>
    /// <param name="options">What to make.</param>
    /// <returns>
    /// The program and its map; or all errors that were found, up to a limit, before the linker had to stop. The same
    /// bytes and options always give the same program.
    /// </returns>
    public static LinkResult Link(ReadOnlyMemory<byte> elf, LinkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = new ErrorList();
        if (!ElfReader.TryRead(elf, errors, out var image))
        {
            return new LinkResult(errors.ToList());
        }

        var sections = SectionClassifier.Classify(image, errors);
        RelocationPresence.Check(sections, errors);
        return errors.Any ? new LinkResult(errors.ToList()) : Link(image, sections, options, errors);
    }

    private static LinkResult Link(ElfImage image, InputSections sections, LinkOptions options, ErrorList errors)
    {
        var code = CodeDecoder.Decode(image, sections);
        var report = new ErrorReporter(errors, image, sections, code);
        var resolver = new SymbolResolver(image, sections, code);

        CodeRelocations.Resolve(sections, code, resolver, report);
        AddressPairs.Resolve(code, resolver);
        var references = DataRelocations.Resolve(sections, resolver, report);
        var entries = EntryResolver.Resolve(image, sections, code, resolver, options.Exports, report);
        Reachability.Mark(code, entries, references, options.Profile, report);
        var data = DataLayout.Create(sections, options, errors);
        if (errors.Any)
        {
            return new LinkResult(errors.ToList());
        }

        var plan = options.Profile == Profile.Static ? PlanTables(code, entries, options, report) : null;
        var output = new OutputCode(code.Count, entries.Count, options.Compress);
        CodeLowering lowering = plan is null
            ? new XjarLowering(code, output, data, report)
            : new StaticLowering(code, output, data, report, plan);
        lowering.Run(entries);
        var layout = CodeLayout.Create(output, options.Profile);
        CheckCode(layout, options.Profile, errors);
        if (errors.Any)
        {
            return new LinkResult(errors.ToList());
        }

        var places = new ProgramBuilder(code, output, layout, data);
        var content = DataWriter.Write(sections, data, references, CodeAddresses(places, plan), report);
        var bytes = CodeWriter.Write(output, layout);
        var tables = plan is null ? JumpTables.None : places.BuildTables(plan);
        var program = places.Build(bytes, sections, content, entries, tables, options, report.Functions, image);
        var map = new MapBuilder(code, places, plan).Build(image, sections, data, report.Functions);
        if (!errors.Any && !ProgramValidator.TryValidate(program, out var error))
        {
            errors.Add($"the linked program breaks a rule of its profile: {error}", string.Empty);
        }

        return errors.Any ? new LinkResult(errors.ToList()) : new LinkResult(program, map);
    }

    private static JumpTablePlan PlanTables(SourceCode code, List<ProgramEntry> entries, LinkOptions options, ErrorReporter report)
    {
        var handover = ReturnHandover.Find(code, report.Functions, options.ReturnSharing);
        var groups = ReturnGroups.Find(code, handover, entries);
        return JumpTablePlanner.Plan(code, groups, entries, report.Functions);
    }

    private static Func<int, uint> CodeAddresses(ProgramBuilder places, JumpTablePlan? plan) => plan is null
        ? instruction => AddressSpace.CodeBase + places.OffsetOf(instruction)
        : instruction => plan.Handles[instruction];

    private static void CheckCode(CodeLayout layout, Profile profile, ErrorList errors)
    {
        if (layout.OutOfReach != 0)
        {
            errors.Add($"{layout.OutOfReach} jumps cannot reach their targets, more than 1 MiB away, nor is there a place between functions to jump by", "Split the functions that take more than 900 KiB.");
        }

        if (profile == Profile.Xjar && layout.CodeSize > AddressSpace.MaxXjarCodeSize)
        {
            errors.Add($"the code takes {layout.CodeSize} bytes; {AddressSpace.MaxXjarCodeSize} is the most", "Make the code smaller.");
        }
    }
}

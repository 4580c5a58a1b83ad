using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Pvm2.Cli.Input;
using Pvm2.Cli.Options;
using Pvm2.Cli.Output;
using Pvm2.Linker;
using Pvm2.Linker.Output;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Cli.Commands;

/// <summary><c>pvm2 link</c>.</summary>
internal static class LinkCommand
{
    private const ulong LargestRegion = 1UL << 31;

    /// <summary>Makes the command.</summary>
    public static DocumentedCommand Create(CommandOutput output)
    {
        var defaults = new LinkOptions();
        var file = CommonOptions.InputFile("An ELF64 RV64E executable with its relocations kept (--emit-relocs).");
        var target = CommonOptions.OutputFile();
        var profile = CommonOptions.Profile();
        var map = new Option<string?>("--map") { HelpName = "FILE", Description = "Write what of the ELF went where." };
        var stack = RegionSize("--stack", $"Bytes of the stack. [default: {defaults.StackSize >> 10}KiB]");
        var heap = RegionSize("--heap", "Bytes of the heap region. [default: none]");
        var exports = Names("--export", "A function to make an entry point; repeat it for more.");
        var returnSharing = Names("--return-sharing", "A function that hands over return addresses as setjmp does; repeat it for more.");
        var noCompress = CommonOptions.NoCompress();
        var strip = new Option<bool>("--strip") { Description = "Leave out the names of functions." };
        var json = CommonOptions.Json();
        var command = new Command("link", "Link an ELF into a program.")
        {
            file, target, profile, map, stack, heap, exports, returnSharing, noCompress, strip, json,
        };
        command.SetAction(result => (int)Run(
            new Request(
                result.GetRequiredValue(file),
                result.GetRequiredValue(target),
                result.GetValue(map),
                result.GetValue(json)),
            new LinkOptions
            {
                Profile = result.GetValue(profile) ?? Profile.Static,
                StackSize = (uint)(result.GetValue(stack) ?? defaults.StackSize),
                HeapSize = (uint)(result.GetValue(heap) ?? defaults.HeapSize),
                Compress = !result.GetValue(noCompress),
                KeepSymbols = !result.GetValue(strip),
                Exports = result.GetValue(exports) ?? [],
                ReturnSharing = result.GetValue(returnSharing) ?? [],
            },
            output));
        return new DocumentedCommand(
            command,
            "pvm2 link keccak.elf -o keccak.pvm2",
            "pvm2 link guest.elf -o guest.pvm2 --profile xjar --stack 256KiB --heap 16MiB --map guest.map",
            "pvm2 link library.elf -o library.pvm2 --export init --export step --strip");
    }

    private static Option<ulong?> RegionSize(string name, string description)
    {
        var option = ValueOption.Create<ulong>(name, "SIZE", description, NumberText.TryParseSize);
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<ulong?>() > LargestRegion)
            {
                result.AddError($"{name}: more than 2GiB.");
            }
        });
        return option;
    }

    private static Option<string[]> Names(string name, string description) => new(name)
    {
        HelpName = "NAME",
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private static ExitCode Run(Request request, LinkOptions options, CommandOutput output)
    {
        if (!BoundedFile.TryRead(request.File, out var elf, out var failure)
            || !ElfSource.TryLink(request.File, elf, options, out var program, out var map, out failure))
        {
            return FailurePrinter.Print(output, failure, request.Json);
        }

        var container = ProgramWriter.Write(program);
        if (!BoundedFile.TryWrite(request.Target, container, out failure)
            || (request.Map is not null && !TryWriteMap(request.Map, map, out failure)))
        {
            return FailurePrinter.Print(output, failure, request.Json);
        }

        var written = WrittenProgram.Of(program, request.Target, container);
        if (request.Json)
        {
            JsonOutput.Write(output, written, DocumentContext.Default.WrittenProgram);
        }
        else
        {
            written.Report(output);
        }

        return ExitCode.Success;
    }

    private static bool TryWriteMap(string path, LinkMap map, [NotNullWhen(false)] out CommandFailure? failure)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        map.Write(text);
        return BoundedFile.TryWrite(path, Encoding.UTF8.GetBytes(text.ToString()), out failure);
    }

    private sealed record Request(string File, string Target, string? Map, bool Json);
}

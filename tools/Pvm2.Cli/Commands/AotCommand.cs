using System.CommandLine;
using Pvm2.Cli.Aot;
using Pvm2.Cli.Input;
using Pvm2.Cli.Options;
using Pvm2.Cli.Output;
using Pvm2.IlJit.Aot;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;

namespace Pvm2.Cli.Commands;

/// <summary><c>pvm2 aot</c>.</summary>
internal static class AotCommand
{
    /// <summary>Makes the command.</summary>
    public static DocumentedCommand Create(CommandOutput output)
    {
        var file = CommonOptions.Program();
        var target = new Option<string>("--output", "-o")
        {
            HelpName = "FILE",
            Description = "The assembly to write; its name without .dll is that of the assembly.",
            Required = true,
        };
        target.Validators.Add(static result =>
        {
            var name = Path.GetFileNameWithoutExtension(result.GetValueOrDefault<string?>() ?? string.Empty);
            if (!GuestAssemblyOptions.IsAssemblyName(name))
            {
                result.AddError($"--output: '{name}' cannot be the name of a guest's assembly.");
            }
        });
        var space = Name("--namespace", ".", "Namespace of the class that stands for the guest. [default: Pvm2.Guests]");
        var type = Name("--class", null, "Name of that class. [default: made of the file's name]");
        var models = CommonOptions.GasModels();
        var profile = CommonOptions.Profile();
        var readyToRun = new Option<bool>("--ready-to-run") { Description = "Compile to machine code, with crossgen2." };
        var crossgen = new Option<string?>("--crossgen")
        {
            HelpName = "PATH",
            Description = "Where crossgen2 is. It implies --ready-to-run. [default: NuGet's packages]",
        };
        var json = CommonOptions.Json();
        var command = new Command("aot", "Compile a program to a .NET assembly, ahead of time.")
        {
            file, target, space, type, models, profile, readyToRun, crossgen, json,
        };
        command.SetAction(result => (int)Run(
            new Request(
                result.GetRequiredValue(file),
                result.GetRequiredValue(target),
                result.GetValue(profile),
                result.GetValue(crossgen),
                result.GetValue(json)),
            OptionsFor(
                result.GetRequiredValue(target),
                result.GetValue(space),
                result.GetValue(type),
                result.GetValue(models),
                result.GetValue(readyToRun) || result.GetValue(crossgen) is not null),
            output));
        return new DocumentedCommand(
            command,
            "pvm2 aot keccak.pvm2 -o Keccak.dll",
            "pvm2 aot keccak.pvm2 -o Keccak.dll --namespace Acme.Guests --class Keccak --ready-to-run",
            "pvm2 run Keccak.dll");
    }

    /// <summary>An option that takes identifiers.</summary>
    /// <param name="separator">What may be between them; null for a single one.</param>
    private static Option<string?> Name(string name, string? separator, string description)
    {
        var option = new Option<string?>(name) { HelpName = "NAME", Description = description };
        option.Validators.Add(result =>
        {
            var value = result.GetValueOrDefault<string?>() ?? string.Empty;
            foreach (var part in separator is null ? [value] : value.Split(separator))
            {
                if (!GuestNames.IsIdentifier(part))
                {
                    result.AddError($"{name}: '{part}' is no identifier.");
                }
            }
        });
        return option;
    }

    private static GuestAssemblyOptions OptionsFor(
        string target, string? space, string? type, GasModel[]? models, bool readyToRun)
    {
        var name = Path.GetFileNameWithoutExtension(target);
        var options = new GuestAssemblyOptions
        {
            AssemblyName = name,
            ClassName = type ?? GuestNames.ToIdentifier(name),
            ForReadyToRun = readyToRun,
        };
        options = space is null ? options : options with { Namespace = space };
        return models is null or [] ? options : options with { GasModels = [.. models.Distinct()] };
    }

    private static ExitCode Run(Request request, GuestAssemblyOptions options, CommandOutput output)
    {
        ReadyToRunCompiler? compiler = null;
        if (!ProgramSource.TryRead(request.File, request.Profile, out var source, out var failure)
            || !ModuleSource.TryLoad(source, out var module, out failure)
            || (options.ForReadyToRun && !ReadyToRunCompiler.TryFind(request.Crossgen, out compiler, out failure))
            || !SavedGuests.TryWrite(module, request.File, options, out var assembly, out failure)
            || (compiler is not null
                && !compiler.TryCompile(assembly.Span, options.AssemblyName, out assembly, out failure))
            || !BoundedFile.TryWrite(request.Target, assembly.Span, out failure))
        {
            return FailurePrinter.Print(output, failure, request.Json);
        }

        var written = WrittenAssembly.Of(module, request.Target, assembly.Length, options);
        if (request.Json)
        {
            JsonOutput.Write(output, written, DocumentContext.Default.WrittenAssembly);
        }
        else
        {
            written.Report(output);
        }

        return ExitCode.Success;
    }

    private sealed record Request(string File, string Target, Profile? Profile, string? Crossgen, bool Json);
}

using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;

namespace Pvm2.Cli.Options;

/// <summary>Arguments and options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>The program to work on.</summary>
    public static Argument<string> Program() => InputFile("A .pvm2 container, an ELF, or assembly text named *.s.");

    /// <summary>The file to work on; a misspelt option is not taken for one.</summary>
    public static Argument<string> InputFile(string description)
    {
        var file = new Argument<string>("FILE") { Description = description };
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] name }])
            {
                result.AddError($"There is no option '{name}'. A file of that name is './{name}'.");
            }
        });
        return file;
    }

    /// <summary>The file to write.</summary>
    public static Option<string> OutputFile() => new("--output", "-o")
    {
        HelpName = "FILE",
        Description = "The container to write.",
        Required = true,
    };

    /// <summary>The profile to link or assemble for.</summary>
    public static Option<Profile?> Profile() => ValueOption.CreateChoice<Profile?>(
        "--profile",
        "The profile to link or assemble for. [default: static]",
        ("static", Runtime.Isa.Profile.Static),
        ("xjar", Runtime.Isa.Profile.Xjar));

    /// <summary>How blocks get their price.</summary>
    public static Option<GasModel> GasModel() => ValueOption.CreateChoice(
        "--gas-model",
        "How blocks are priced. [default: pipeline]",
        ("pipeline", Runtime.Gas.GasModel.Pipeline),
        ("flat", Runtime.Gas.GasModel.Flat),
        ("none", Runtime.Gas.GasModel.None));

    /// <summary>Several ways in which blocks get their price.</summary>
    public static Option<GasModel[]> GasModels() => ValueOption.CreateMany<GasModel>(
        "--gas-model",
        "pipeline|flat|none",
        "How blocks are priced; repeat it to compile for several models. [default: pipeline]",
        TryReadGasModel);

    /// <summary>Whether the output is for programs.</summary>
    public static Option<bool> Json(string description = "Print one JSON document.") => new("--json")
    {
        Description = description,
    };

    /// <summary>Whether to leave all instructions in their 4-byte form.</summary>
    public static Option<bool> NoCompress() => new("--no-compress")
    {
        Description = "Leave all instructions in their 4-byte form.",
    };

    private static bool TryReadGasModel(string text, out GasModel model, [NotNullWhen(false)] out string? error)
    {
        var isModel = Enum.TryParse(text, ignoreCase: true, out model) && !char.IsDigit(text[0]);
        error = isModel ? null : "is not one of pipeline|flat|none";
        return isModel;
    }
}

using System.CommandLine;
using Pvm2.Cli.Options;
using Pvm2.Cli.Running;

namespace Pvm2.Cli.Commands;

/// <summary>By which options a run is stopped and written down.</summary>
internal sealed class SnapshotOptions
{
    private readonly Option<ulong?> _mark = ValueOption.Create<ulong>(
        "--snapshot-at",
        "GAS",
        "Stop before the block that would take the gas used beyond this, and write --snapshot.",
        NumberText.TryParseAmount);

    private readonly Option<string?> _file = new("--snapshot")
    {
        HelpName = "FILE",
        Description = "Where to write the run down when it is stopped, by --snapshot-at or by Ctrl-C.",
    };

    private readonly Option<bool> _withoutProgram = new("--snapshot-without-program")
    {
        Description = "Leave the program out of the snapshot; 'pvm2 resume' needs --program then.",
    };

    /// <summary>Adds the options and the rules between them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_mark);
        command.Options.Add(_file);
        command.Options.Add(_withoutProgram);
        command.Validators.Add(result =>
        {
            foreach (var option in (Option[])[_mark, _withoutProgram])
            {
                if (result.GetResult(option) is { Implicit: false } && result.GetResult(_file) is null)
                {
                    result.AddError($"{option.Name} needs --snapshot, the file to write.");
                }
            }
        });
    }

    /// <summary>What a command line without errors asks for; null for nothing.</summary>
    public SnapshotRequest? Read(ParseResult result) => result.GetValue(_file) is { } file
        ? new SnapshotRequest(file, result.GetValue(_mark), !result.GetValue(_withoutProgram))
        : null;
}

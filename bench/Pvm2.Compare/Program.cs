using Pvm2.Compare.CommandLine;
using Spectre.Console;

var command = CompareCommand.Create(request => new Application(request, AnsiConsole.Console).Run());
var parsed = command.Parse(args);
if (parsed.Errors.Count == 0)
{
    return parsed.Invoke();
}

foreach (var error in parsed.Errors)
{
    Console.Error.WriteLine(error.Message);
}

Console.Error.WriteLine("See bench/compare.sh --help.");
return 64;

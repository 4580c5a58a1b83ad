using Pvm2.Cli;
using Pvm2.Cli.Output;

using var output = CommandOutput.ForProcess();
return (int)Application.Run(args, output);

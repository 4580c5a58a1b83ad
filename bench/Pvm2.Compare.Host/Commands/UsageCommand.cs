namespace Pvm2.Compare.Host.Commands;

/// <summary>What is done with arguments that mean nothing.</summary>
internal static class UsageCommand
{
    private const string Text = """
        Usage:
          Pvm2.Compare.Host list                    the engines
          Pvm2.Compare.Host serve ENGINE            speaks the protocol of docs/engine-adapters.md
          Pvm2.Compare.Host once ENGINE PROGRAM     runs a program and writes its result
          Pvm2.Compare.Host curve ENGINE ROUNDS     how fast a long guest is, and when; for tiers of ours
        """;

    /// <summary>Tells how the program is called.</summary>
    public static ExitCode Run()
    {
        Console.Error.WriteLine(Text);
        return ExitCode.Usage;
    }
}

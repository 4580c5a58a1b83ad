using System.Text;
using Spectre.Console;

namespace Pvm2.Cli.Output;

/// <summary>
/// The standard streams as the commands see them, so that tests can stand in for a terminal. Text and guest bytes
/// share one stream each; whoever hands a raw stream to a guest flushes the text first.
/// </summary>
internal sealed class CommandOutput : IDisposable
{
    private const int PlainWidth = 120;

    /// <summary>Puts commands on given streams.</summary>
    /// <param name="input">What a guest may read with <c>--stdin</c>; only read then.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Messages.</param>
    /// <param name="outputPalette">Colours of <paramref name="output"/>.</param>
    /// <param name="errorPalette">Colours of <paramref name="error"/>.</param>
    public CommandOutput(Stream input, Stream output, Stream error, Palette outputPalette, Palette errorPalette)
    {
        Input = input;
        OutputStream = output;
        ErrorStream = error;
        OutputPalette = outputPalette;
        ErrorPalette = errorPalette;
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Text = new StreamWriter(output, encoding, leaveOpen: true) { NewLine = "\n" };
        ErrorText = new StreamWriter(error, encoding, leaveOpen: true) { NewLine = "\n", AutoFlush = true };
    }

    /// <summary>Standard input.</summary>
    public Stream Input { get; }

    /// <summary>Standard output, for a guest's bytes.</summary>
    public Stream OutputStream { get; }

    /// <summary>Standard error, for a guest's bytes.</summary>
    public Stream ErrorStream { get; }

    /// <summary>Standard output, for our text. Buffered.</summary>
    public TextWriter Text { get; }

    /// <summary>Standard error, for our text.</summary>
    public TextWriter ErrorText { get; }

    /// <summary>Colours of standard output.</summary>
    public Palette OutputPalette { get; }

    /// <summary>Colours of standard error.</summary>
    public Palette ErrorPalette { get; }

    /// <summary>The streams of this process: coloured on a terminal, unless NO_COLOR is set or the terminal is dumb.</summary>
    public static CommandOutput ForProcess()
    {
        var colourAllowed = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new CommandOutput(
            Console.OpenStandardInput(),
            StandardOutput.Open(),
            Console.OpenStandardError(),
            colourAllowed && !Console.IsOutputRedirected ? Palette.Ansi : Palette.Plain,
            colourAllowed && !Console.IsErrorRedirected ? Palette.Ansi : Palette.Plain);
    }

    /// <summary>A Spectre console on standard output, for tables.</summary>
    public IAnsiConsole CreateConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = OutputPalette.IsColoured ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = OutputPalette.IsColoured ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Text),
        });
        if (!OutputPalette.IsColoured)
        {
            console.Profile.Width = PlainWidth;
        }

        return console;
    }

    /// <summary>Writes all buffered text and bytes.</summary>
    public void Flush()
    {
        Text.Flush();
        OutputStream.Flush();
        ErrorText.Flush();
        ErrorStream.Flush();
    }

    /// <summary>
    /// Gives up what is still buffered: whoever wants it written calls <see cref="Flush"/> before, which may fail.
    /// The streams themselves belong to whoever made them.
    /// </summary>
    public void Dispose()
    {
        try
        {
            Text.Dispose();
            ErrorText.Dispose();
        }
        catch (IOException)
        {
            // Flushing has failed before, and that was the time to report it.
        }
    }
}

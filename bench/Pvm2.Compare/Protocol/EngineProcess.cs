using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Pvm2.Compare.Protocol;

/// <summary>A process that holds an engine, and the requests that <c>docs/engine-adapters.md</c> describes.</summary>
public sealed class EngineProcess : IDisposable
{
    /// <summary>The version of the protocol.</summary>
    public const int ProtocolVersion = 1;

    private const int MostErrorCharacters = 600;

    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly TimeSpan _patience;
    private readonly StringBuilder _errors = new();

    private EngineProcess(Process process, TimeSpan patience)
    {
        _process = process;
        _patience = patience;
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>What the engine says of itself.</summary>
    public string Version { get; private set; } = string.Empty;

    /// <summary>Starts an engine and greets it.</summary>
    /// <param name="command">A program and its arguments.</param>
    /// <param name="processor">The processor that runs shall be bound to; negative for none.</param>
    /// <param name="patience">How long an answer may take.</param>
    /// <exception cref="EngineMissingException">There is no such program.</exception>
    /// <exception cref="EngineException">It does not answer as it must.</exception>
    public static EngineProcess Start(IReadOnlyList<string> command, int processor, TimeSpan patience)
    {
        var engine = new EngineProcess(StartProcess(command), patience);
        try
        {
            engine.Version = engine.Greet(processor);
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>Reads a program.</summary>
    /// <exception cref="EngineException">It does not.</exception>
    public void Load(string path) => _ = Ask("load " + path).Rest;

    /// <summary>Compiles the program.</summary>
    /// <returns>The time; nothing where the engine does not do this.</returns>
    /// <exception cref="EngineException">It fails.</exception>
    public Timing? Compile(int repetitions)
    {
        var answer = Ask(Request("compile", repetitions));
        return answer.IsUnsupported ? null : answer.ReadTime();
    }

    /// <summary>Compiles, instantiates and runs the program.</summary>
    /// <inheritdoc cref="Compile"/>
    public Timing? Cold(int repetitions) => AskForRun("cold", repetitions);

    /// <summary>Runs an instance that has run before.</summary>
    /// <inheritdoc cref="Compile"/>
    public Timing? Run(int repetitions) => AskForRun("run", repetitions);

    /// <summary>Makes instances that live at once and runs each once.</summary>
    /// <returns>Nanoseconds and bytes of all together; nothing where the engine does not do this.</returns>
    /// <exception cref="EngineException">It fails.</exception>
    public (long Nanoseconds, long Bytes)? MakeInstances(int count)
    {
        var answer = Ask(Request("instances", count));
        return answer.IsUnsupported ? null : answer.ReadPair();
    }

    /// <summary>Asks for the memory of the process.</summary>
    /// <returns>Nothing where the engine does not say.</returns>
    /// <exception cref="EngineException">It fails.</exception>
    public MemoryUse? AskForMemory()
    {
        var answer = Ask("memory");
        if (answer.IsUnsupported)
        {
            return null;
        }

        var (resident, peak) = answer.ReadPair();
        return new MemoryUse(resident, peak);
    }

    /// <summary>Lets the process end, and ends it if it does not.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.WriteLine("quit");
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }

        if (!_process.WaitForExit(TimeToEnd))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string Request(string word, int number) => string.Create(CultureInfo.InvariantCulture, $"{word} {number}");

    private static Process StartProcess(IReadOnlyList<string> command)
    {
        var start = CommandStart.Prepare(command);
        start.RedirectStandardInput = true;
        return CommandStart.Start(start);
    }

    private string Greet(int processor)
    {
        var pin = processor < 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" cpu={processor}");
        return Ask($"{Request("hello", ProtocolVersion)}{pin}").Rest;
    }

    private Timing? AskForRun(string word, int repetitions)
    {
        var answer = Ask(Request(word, repetitions));
        return answer.IsUnsupported ? null : answer.ReadRun();
    }

    private EngineAnswer Ask(string request)
    {
        try
        {
            _process.StandardInput.WriteLine(request);
            _process.StandardInput.Flush();
            using var limit = new CancellationTokenSource(_patience);
            var line = _process.StandardOutput.ReadLineAsync(limit.Token).AsTask().GetAwaiter().GetResult();
            return line is null ? throw Ended(request) : new EngineAnswer(line, request);
        }
        catch (OperationCanceledException e)
        {
            _process.Kill(entireProcessTree: true);
            throw new EngineException($"to \"{request}\" it gives no answer within {_patience.TotalSeconds:F0} s.", e);
        }
        catch (IOException)
        {
            throw Ended(request);
        }
    }

    private EngineException Ended(string request)
    {
        WaitForErrors();
        lock (_errors)
        {
            var errors = _errors.ToString().Trim();
            return new EngineException($"to \"{request}\" it ended without an answer{(errors.Length == 0 ? "." : ": " + errors)}");
        }
    }

    /// <summary>Waits until the process and its standard error have ended; not for long, as a child of it may still hold the latter.</summary>
    private void WaitForErrors()
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeToEnd);
            _process.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // What it has written until now is enough.
        }
    }

    private void Remember(string? line)
    {
        lock (_errors)
        {
            if (line is not null && _errors.Length < MostErrorCharacters)
            {
                _errors.AppendLine(line);
            }
        }
    }
}

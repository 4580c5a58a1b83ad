using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Pvm2.Compare.Host.Engines;
using Pvm2.Compare.Host.Platform;

namespace Pvm2.Compare.Host.Serving;

/// <summary>The protocol of the comparison, <c>docs/engine-adapters.md</c>: a line of answer for each line of request.</summary>
/// <param name="create">Makes the engine, when the first hello comes.</param>
/// <param name="findObstacle">Tells why nothing should be measured in this process; null where there is no reason.</param>
internal sealed class Server(Func<IServedEngine> create, Func<string?> findObstacle) : IDisposable
{
    /// <summary>The version of the protocol that this speaks.</summary>
    private const string Version = "1";

    /// <summary>The most repetitions of a request.</summary>
    private const int MostRepetitions = 1_000_000_000;

    private const string Quit = "quit";
    private const string ProcessorOption = "cpu=";

    private IServedEngine? _engine;
    private Measurements? _measurements;
    private bool _isLoaded;

    /// <summary>Answers requests until there are no more, or one asks to end.</summary>
    public void Serve(TextReader input, TextWriter output)
    {
        while (input.ReadLine() is { } line && line != Quit)
        {
            output.Write(Answer(line) + "\n");
            output.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _measurements?.Dispose();
        _engine?.Dispose();
    }

    private static string Ok(params ReadOnlySpan<string> values) => string.Join(' ', ["ok", .. values]);

    private static string Error(string reason) => "error " + reason.ReplaceLineEndings(" ").Trim();

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Result(ulong value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x}");

    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong in an engine is the answer to the request.")]
    private string Answer(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var (request, argument) = space < 0 ? (line, string.Empty) : (line[..space], line[(space + 1)..]);
        try
        {
            return request == "hello" ? Greet(argument)
                : _measurements is { } measurements ? Answer(measurements, request, argument)
                : Error("nobody has said hello");
        }
        catch (Exception exception)
        {
            return Error(exception.Message);
        }
    }

    private string Answer(Measurements measurements, string request, string argument) => request switch
    {
        "load" => Load(measurements, argument),
        "memory" => TellMemory(),
        "compile" => Measure(MeasuredKind.Compile, argument, count => Ok(Number(measurements.Compile(count)))),
        "cold" => Measure(MeasuredKind.Cold, argument, count => Tell(measurements.Cold(count))),
        "run" => Measure(MeasuredKind.Run, argument, count => Tell(measurements.Run(count))),
        "instances" => Measure(MeasuredKind.Instances, argument, count => TellInstances(measurements, count)),
        _ => Error($"there is no request '{request}'"),
    };

    private string Greet(string argument)
    {
        var words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [Version, ..])
        {
            return Error($"this is version {Version} of the protocol");
        }

        int? processor = null;
        foreach (var option in words.AsSpan(1))
        {
            if (!option.StartsWith(ProcessorOption, StringComparison.Ordinal)
                || !TryParse(option[ProcessorOption.Length..], out var number))
            {
                return Error($"there is no option '{option}'");
            }

            processor = number;
        }

        return Greet(processor);
    }

    private string Greet(int? processor)
    {
        // First the engine: what it needs is loaded then, and can be looked at.
        _engine ??= create();
        if (findObstacle() is { } obstacle)
        {
            return Error(obstacle);
        }

        _measurements ??= new Measurements(_engine);
        _measurements.Processor = processor;
        return Ok(_engine.Description);
    }

    private string Load(Measurements measurements, string path)
    {
        _isLoaded = false;
        measurements.Load(path);
        _isLoaded = true;
        return Ok();
    }

    private string Measure(MeasuredKind kind, string argument, Func<int, string> measure) =>
        _engine!.WhyUnsupported(kind) is { } reason ? $"unsupported {reason}"
        : !_isLoaded ? Error("no program is loaded")
        : TryParse(argument, out var count) && count > 0 ? measure(count)
        : Error($"'{argument}' is no number from 1 to {Number(MostRepetitions)}");

    private static string Tell(Timing timing) => Ok(Number(timing.Nanoseconds), Result(timing.Result));

    private static string TellInstances(Measurements measurements, int count)
    {
        var timing = measurements.RunInstances(count, out var bytes);
        return Ok(Number(timing.Nanoseconds), Number(bytes));
    }

    private static string TellMemory()
    {
        var peak = ProcessMemory.Read().Peak;
        ProcessMemory.ReturnFreed();
        ProcessMemory.BeginNewPeak();
        return Ok(Number(ProcessMemory.Read().Resident), Number(peak));
    }

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= MostRepetitions;
}

using System.Globalization;

namespace Pvm2.Compare.Protocol;

/// <summary>One line of answer, taken apart.</summary>
/// <param name="text">The line.</param>
/// <param name="request">What it answers, for messages.</param>
internal sealed class EngineAnswer(string text, string request)
{
    private readonly string[] _words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether the engine does not do this.</summary>
    public bool IsUnsupported => text.AsSpan().TrimStart().StartsWith("unsupported", StringComparison.Ordinal);

    /// <summary>What follows the word <c>ok</c>.</summary>
    /// <exception cref="EngineException">It is another word.</exception>
    public string Rest => _words is ["ok", ..]
        ? text.TrimStart()[2..].Trim()
        : throw new EngineException($"to \"{request}\" it answers \"{text}\".");

    /// <summary>The answer to something that is timed and leaves a result.</summary>
    /// <exception cref="EngineException">It is none.</exception>
    public Timing ReadRun() => _words is ["ok", var time, var result]
        && TryReadTime(time, out var nanoseconds)
        && ResultText.TryParse(result, out var value)
            ? new Timing(nanoseconds, value)
            : throw Unexpected("ok NANOSECONDS 0xRESULT");

    /// <summary>The answer to something that is timed and leaves none.</summary>
    /// <exception cref="EngineException">It is none.</exception>
    public Timing ReadTime() => _words is ["ok", var time] && TryReadTime(time, out var nanoseconds)
        ? new Timing(nanoseconds, 0)
        : throw Unexpected("ok NANOSECONDS");

    /// <summary>Two whole numbers.</summary>
    /// <exception cref="EngineException">They are none.</exception>
    public (long First, long Second) ReadPair() => _words is ["ok", var first, var second]
        && long.TryParse(first, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var one)
        && long.TryParse(second, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var other)
            ? (one, other)
            : throw Unexpected("ok NUMBER NUMBER");

    private static bool TryReadTime(string text, out double nanoseconds) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out nanoseconds)
        && nanoseconds > 0 && double.IsFinite(nanoseconds);

    private EngineException Unexpected(string form) => new($"to \"{request}\" it answers \"{text}\", not \"{form}\".");
}

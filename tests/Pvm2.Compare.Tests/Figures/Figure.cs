using System.Text.RegularExpressions;

namespace Pvm2.Compare.Tests.Figures;

/// <summary>Numbers with a unit of time or speed, as a text has them: <c>13 to 20 ns</c>, <c>1.14 times as long</c>.</summary>
/// <param name="Text">The words, with single spaces.</param>
/// <param name="Numbers">The numbers in it, as <see cref="NumbersOf"/> gives them.</param>
/// <param name="Line">Which line of the text it begins in, from 0.</param>
internal sealed partial record Figure(string Text, IReadOnlyList<string> Numbers, int Line)
{
    /// <summary>Digits, which may be in groups of three.</summary>
    private const string Number = @"\d+(?:[ \u00a0\u202f,]\d{3}(?!\d))*(?:\.\d+)?";

    private const string Unit =
        @"(?:ns|µs|us|ms|s|min|h|(?:nano|micro|milli)?seconds?|minutes?|hours?|[kMG]i?B/s|%|×(?![ ]\d)"
        + @"|times[ ](?:as|bare|faster|slower|longer|shorter)|(?:\w+[ ])?an?[ ](?:second|minute|hour))(?![\w/])";

    /// <summary>Finds all that a text has. It may go over the end of a line.</summary>
    public static IEnumerable<Figure> FindAll(string text)
    {
        var oneLine = text.Replace('\n', ' ');
        return InText().Matches(oneLine).Select(match => new Figure(
            Spaces().Replace(match.Value, " "), [.. NumbersOf(match.Value)], text.AsSpan(0, match.Index).Count('\n')));
    }

    /// <summary>All numbers of a text, without what is between groups of digits.</summary>
    public static IEnumerable<string> NumbersOf(string text) =>
        AnyNumber().Matches(text).Select(match => Separators().Replace(match.Value, string.Empty));

    [GeneratedRegex($@"(?<![\w.^/#,]|\w-){Number}(?:(?:[ ]*–[ ]*|[ ]+(?:to|and|or|against|instead[ ]of)[ ]+){Number})*[ \u00a0-]*{Unit}"
        + $@"|(?:×[ ]\w+|ratio(?:[ ]of)?|factor(?:[ ]of)?)[ ]{Number}")]
    private static partial Regex InText();

    [GeneratedRegex(Number)]
    private static partial Regex AnyNumber();

    [GeneratedRegex(@"[ \u00a0\u202f,]")]
    private static partial Regex Separators();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;

namespace Pvm2.Cli.Options;

/// <summary>Makes options whose values need more than the parser's own conversions.</summary>
internal static class ValueOption
{
    /// <summary>Reads a value or says what is wrong with the text, as the end of a sentence that starts with it.</summary>
    public delegate bool TryRead<T>(string text, out T value, [NotNullWhen(false)] out string? error);

    /// <summary>An option with one value, absent as null.</summary>
    public static Option<T?> Create<T>(string name, string helpName, string description, TryRead<T> read)
        where T : struct =>
        new(name)
        {
            HelpName = helpName,
            Description = description,
            CustomParser = result => Read(result, result.Tokens[0].Value, read, out var value) ? value : null,
        };

    /// <summary>An option that may be given several times, with one value each time.</summary>
    public static Option<T[]> CreateMany<T>(string name, string helpName, string description, TryRead<T> read) =>
        new(name)
        {
            HelpName = helpName,
            Description = description,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
            CustomParser = result => ReadAll(result, read),
        };

    /// <summary>An option whose value is one of a few words, matched without regard to case; absent as the default.</summary>
    public static Option<T?> CreateChoice<T>(string name, string description, params (string Word, T Value)[] choices)
    {
        var words = string.Join('|', choices.Select(choice => choice.Word));
        bool Find(string text, out T? value, [NotNullWhen(false)] out string? error)
        {
            foreach (var choice in choices)
            {
                if (choice.Word.Equals(text, StringComparison.OrdinalIgnoreCase))
                {
                    (value, error) = (choice.Value, null);
                    return true;
                }
            }

            (value, error) = (default, $"is not one of {words}");
            return false;
        }

        return new Option<T?>(name)
        {
            HelpName = words,
            Description = description,
            CustomParser = result => Read<T?>(result, result.Tokens[0].Value, Find, out var value) ? value : default,
        };
    }

    /// <summary>What stands behind an option, which need not be a value that it takes; empty where it is not given.</summary>
    public static string WordOf(CommandResult result, Option option) =>
        result.GetResult(option)?.Tokens is [var token, ..] ? token.Value.ToLowerInvariant() : string.Empty;

    private static T[] ReadAll<T>(ArgumentResult result, TryRead<T> read)
    {
        var values = new List<T>(result.Tokens.Count);
        foreach (var token in result.Tokens)
        {
            if (Read(result, token.Value, read, out var value))
            {
                values.Add(value);
            }
        }

        return [.. values];
    }

    private static bool Read<T>(ArgumentResult result, string text, TryRead<T> read, out T value)
    {
        if (read(text, out value, out var error))
        {
            return true;
        }

        var name = (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;
        result.AddError($"{name}: '{text}' {error}.");
        return false;
    }
}

namespace Pvm2.Cli.Commands;

/// <summary>
/// Prepares the options of <c>run</c> and <c>resume</c> whose value may be left out, before the line is parsed: the parser would take the
/// next word for the value, where only what follows a <c>=</c> is meant.
/// </summary>
/// <remarks>
/// <c>--profile</c> has two meanings. With <c>static</c> or <c>xjar</c> it is the profile to link for; alone, or with a
/// file, it is <see cref="ObservationOptions.GasProfile"/>.
/// </remarks>
internal static class OptionalValues
{
    private const string Profile = "--profile";
    private const string EndOfOptions = "--";

    /// <summary>Writes out the values that are left out.</summary>
    public static IReadOnlyList<string> Complete(IReadOnlyList<string> arguments)
    {
        if (arguments is not ["run" or "resume", ..])
        {
            return arguments;
        }

        var completed = new List<string>(arguments.Count);
        var areOptions = true;
        for (var i = 0; i < arguments.Count; i++)
        {
            areOptions &= arguments[i] != EndOfOptions;
            completed.Add(areOptions ? Complete(arguments[i], i + 1 < arguments.Count ? arguments[i + 1] : "-") : arguments[i]);
        }

        return completed;
    }

    private static string Complete(string argument, string next) => argument switch
    {
        ObservationOptions.Trace or ObservationOptions.GasProfile => WithDefault(argument),

        // An empty variable of a shell, say: the parser would take the next word.
        $"{ObservationOptions.Trace}=" or $"{ObservationOptions.GasProfile}=" => WithDefault(argument[..^1]),
        $"{Profile}=" => WithDefault(ObservationOptions.GasProfile),
        Profile when next.StartsWith('-') || IsFile(next) => WithDefault(ObservationOptions.GasProfile),
        _ when argument.StartsWith($"{Profile}=", StringComparison.Ordinal) && IsFile(argument) =>
            ObservationOptions.GasProfile + argument[Profile.Length..],
        _ => argument,
    };

    private static string WithDefault(string option) => $"{option}={ObservationOptions.Standard}";

    /// <summary>Whether a word is no profile, not even a misspelt one.</summary>
    private static bool IsFile(string word) => word.AsSpan().ContainsAny('.', '/');
}

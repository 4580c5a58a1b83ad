using System.Text;

namespace Pvm2.IlJit.Aot;

/// <summary>Makes names that C# can say of names that a guest may have.</summary>
internal sealed class GuestNames
{
    private readonly HashSet<string> _taken;

    /// <summary>Starts with names that are taken.</summary>
    public GuestNames(params IEnumerable<string> taken) => _taken = [.. taken];

    /// <summary>Replaces by <c>_</c> whatever an identifier does not have.</summary>
    public static string ToIdentifier(string name)
    {
        var identifier = new StringBuilder();
        foreach (var character in name)
        {
            identifier.Append(char.IsLetterOrDigit(character) ? character : '_');
        }

        if (identifier.Length == 0 || char.IsDigit(identifier[0]))
        {
            identifier.Insert(0, '_');
        }

        return identifier.ToString();
    }

    /// <summary>Whether a name is one that <see cref="ToIdentifier"/> leaves as it is.</summary>
    public static bool IsIdentifier(string name) => name == ToIdentifier(name);

    /// <summary>Makes an identifier that is not taken, and takes it.</summary>
    /// <param name="name">Any name.</param>
    /// <returns>The name if it can be, else one like it, with a number at its end where that one is taken.</returns>
    public string Take(string name)
    {
        var identifier = ToIdentifier(name);
        var free = identifier;
        for (var number = 2; !_taken.Add(free); number++)
        {
            free = $"{identifier}_{number}";
        }

        return free;
    }
}

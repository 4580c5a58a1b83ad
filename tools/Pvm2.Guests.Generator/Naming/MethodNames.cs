using Pvm2.Guests.Generator.Diagnostics;
using Pvm2.Guests.Generator.Model;

namespace Pvm2.Guests.Generator.Naming;

/// <summary>Gives entry points the names of their methods.</summary>
internal static class MethodNames
{
    // The members that every guest's class has of its own or inherits.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "Module", "DefaultTier", "GasModel", "Sha256", "Instance", "CreateOptions", "Resume", "Dispose", "LoadedModule",
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    };

    /// <summary>Names the methods of a class.</summary>
    /// <param name="className">The class, whose name no member may have.</param>
    /// <param name="entries">The entry points.</param>
    /// <param name="file">The guest's file, for messages.</param>
    /// <param name="diagnostics">Where to report entry points that have no method.</param>
    public static List<GuestMethod> Choose(
        string className, IReadOnlyList<string> entries, string file, List<GuestDiagnostic> diagnostics)
    {
        var methods = new List<GuestMethod>(entries.Count);
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var name = Choose(className, entry);
            if (taken.TryGetValue(name, out var owner))
            {
                diagnostics.Add(new GuestDiagnostic(Rules.MethodTaken, file, entry, owner));
                continue;
            }

            taken.Add(name, entry);
            methods.Add(new GuestMethod(name, entry));
        }

        return methods;
    }

    private static string Choose(string className, string entry)
    {
        var name = IdentifierMaker.Make(entry);
        return name.Length == 0 || name == className || Reserved.Contains(name) ? $"Call{name}" : name;
    }
}

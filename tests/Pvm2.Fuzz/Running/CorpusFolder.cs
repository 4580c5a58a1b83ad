using Pvm2.TestKit.Fuzzing;

namespace Pvm2.Fuzz.Running;

/// <summary>
/// The names of cases that are worth running again, a line each, in a file of a folder: those that reached what no other
/// had, and those in which something was found.
/// </summary>
internal sealed class CorpusFolder
{
    private const string FileName = "cases.txt";

    private readonly string? _file;
    private readonly bool[] _reached = new bool[CaseFeatures.Count];
    private readonly HashSet<CaseName> _names = [];

    /// <summary>Opens a folder, and makes it if there is none.</summary>
    /// <param name="folder">The folder; null to keep nothing.</param>
    internal CorpusFolder(string? folder)
    {
        if (folder is null)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        _file = Path.Combine(folder, FileName);
        foreach (var line in File.Exists(_file) ? File.ReadLines(_file) : [])
        {
            if (CaseName.TryParse(line.Trim(), out var name))
            {
                _names.Add(name);
            }
        }

        Kept = [.. _names];
    }

    /// <summary>The cases that were there at first.</summary>
    internal IReadOnlyList<CaseName> Kept { get; } = [];

    /// <summary>Keeps a case if it reached anything new.</summary>
    internal void Offer(CaseName name, IReadOnlyList<int> features)
    {
        var isNew = false;
        foreach (var feature in features)
        {
            isNew |= !_reached[feature];
            _reached[feature] = true;
        }

        if (isNew)
        {
            Keep(name);
        }
    }

    /// <summary>Keeps a case.</summary>
    internal void Keep(CaseName name)
    {
        if (_names.Add(name) && _file is not null)
        {
            File.AppendAllLines(_file, [name.ToString()]);
        }
    }
}

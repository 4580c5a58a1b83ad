namespace Pvm2.Linker.Diagnostics;

/// <summary>Collects errors, so that one run of the linker reports many; beyond a limit it only counts them.</summary>
internal sealed class ErrorList
{
    /// <summary>How many errors are kept.</summary>
    public const int Limit = 20;

    private readonly List<LinkError> _errors = [];
    private int _more;

    /// <summary>Whether there is any.</summary>
    public bool Any => _errors.Count != 0;

    /// <summary>Adds an error about the file as a whole.</summary>
    /// <returns>Always false, so that a check can end with it.</returns>
    public bool Add(string reason, string advice) =>
        Add(new LinkError(string.Empty, string.Empty, 0, string.Empty, reason, advice));

    /// <summary>Adds an error about a place in a section.</summary>
    /// <returns>Always false, so that a check can end with it.</returns>
    public bool Add(string section, ulong offset, string reason, string advice = "") =>
        Add(new LinkError(string.Empty, section, offset, string.Empty, reason, advice));

    /// <summary>Adds an error.</summary>
    /// <returns>Always false, so that a check can end with it.</returns>
    public bool Add(LinkError error)
    {
        if (_errors.Count < Limit)
        {
            _errors.Add(error);
        }
        else
        {
            _more++;
        }

        return false;
    }

    /// <summary>The errors kept, and a last one that counts the others.</summary>
    public IReadOnlyList<LinkError> ToList() => _more == 0
        ? _errors
        : [.. _errors, new LinkError(string.Empty, string.Empty, 0, string.Empty, $"and {_more} more errors", string.Empty)];
}

using System.Globalization;
using System.Text;

namespace Pvm2.Runtime.Programs;

/// <summary>
/// What names and notes must be: valid text without control characters (they end up on terminals), not empty where
/// they are keys, and unique.
/// </summary>
internal static class NameRules
{
    internal static ProgramError? FindError(GuestProgram program) =>
        FindEntryPointError(program.EntryPoints)
        ?? FindSymbolError(program.Symbols, program.Code.Length)
        ?? FindNoteError(program.BuildNotes);

    private static ProgramError? FindEntryPointError(IReadOnlyList<EntryPoint> entryPoints)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < entryPoints.Count; i++)
        {
            var (name, offset) = entryPoints[i];
            var reason = FindFault(name, mayBeEmpty: false) ?? FindOffsetFault(name, offset, uint.MaxValue);
            if (reason is null && !seen.Add(name))
            {
                reason = $"the name '{name}' is taken";
            }

            if (reason is not null)
            {
                return new ProgramError(ProgramSection.EntryPoints, i, default, reason);
            }
        }

        return null;
    }

    private static ProgramError? FindSymbolError(IReadOnlyList<CodeSymbol> symbols, int codeLength)
    {
        var seen = new HashSet<CodeSymbol>();
        for (var i = 0; i < symbols.Count; i++)
        {
            var (name, offset) = symbols[i];
            var reason = FindFault(name, mayBeEmpty: false) ?? FindOffsetFault(name, offset, (uint)codeLength);
            if (reason is null && !seen.Add(symbols[i]))
            {
                reason = $"'{name}' names 0x{offset:x} twice";
            }

            if (reason is not null)
            {
                return new ProgramError(ProgramSection.Symbols, i, default, reason);
            }
        }

        return null;
    }

    private static ProgramError? FindNoteError(IReadOnlyList<BuildNote> notes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < notes.Count; i++)
        {
            var (key, value) = notes[i];
            var reason = FindFault(key, mayBeEmpty: false) ?? FindFault(value, mayBeEmpty: true);
            if (reason is null && !seen.Add(key))
            {
                reason = $"the key '{key}' is taken";
            }

            if (reason is not null)
            {
                return new ProgramError(ProgramSection.BuildNotes, i, default, reason);
            }
        }

        return null;
    }

    private static string? FindOffsetFault(string name, uint offset, uint limit)
    {
        if ((offset & 1) != 0)
        {
            return $"'{name}' is at 0x{offset:x}, which is odd";
        }

        return offset <= limit ? null : $"'{name}' is at 0x{offset:x}, outside the code";
    }

    private static string? FindFault(string? text, bool mayBeEmpty)
    {
        if (string.IsNullOrEmpty(text))
        {
            return mayBeEmpty && text is not null ? null : "a name or key is empty";
        }

        foreach (var rune in text.EnumerateRunes())
        {
            // An unpaired surrogate is enumerated as the replacement character, which may also stand for itself.
            if (Rune.IsControl(rune))
            {
                return $"a text holds the control character U+{rune.Value.ToString("X4", CultureInfo.InvariantCulture)}";
            }
        }

        return IsWellFormed(text) ? null : "a text holds an unpaired surrogate";
    }

    private static bool IsWellFormed(string text)
    {
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[consumed..];
        }

        return true;
    }
}

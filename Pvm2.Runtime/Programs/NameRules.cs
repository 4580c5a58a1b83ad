using System.Buffers;
using System.Text;

namespace Pvm2.Runtime.Programs;

/// <summary>
/// What names and notes must be: valid text without control characters (they end up on terminals), not empty where
/// they are keys, and unique.
/// </summary>
internal static class NameRules
{
    private const int LongestQuote = 100;

    internal static ProgramError? FindError(GuestProgram program) =>
        FindEntryPointError(program.EntryPoints)
        ?? FindSymbolError(program.Symbols, program.Code.Length)
        ?? FindNoteError(program.BuildNotes);

    private static ProgramError? FindEntryPointError(IReadOnlyList<EntryPoint> entryPoints)
    {
        var seen = new HashSet<string>(entryPoints.Count, StringComparer.Ordinal);
        for (var i = 0; i < entryPoints.Count; i++)
        {
            var (name, offset) = entryPoints[i];
            var reason = FindFault(name, mayBeEmpty: false) ?? FindOffsetFault(name, offset, uint.MaxValue);
            if (reason is null && !seen.Add(name))
            {
                reason = $"the name {Quote(name)} is taken";
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
        var seen = new HashSet<CodeSymbol>(symbols.Count);
        for (var i = 0; i < symbols.Count; i++)
        {
            var (name, offset) = symbols[i];
            var reason = FindFault(name, mayBeEmpty: false) ?? FindOffsetFault(name, offset, (uint)codeLength);
            if (reason is null && !seen.Add(symbols[i]))
            {
                reason = $"{Quote(name)} names 0x{offset:x} twice";
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
        var seen = new HashSet<string>(notes.Count, StringComparer.Ordinal);
        for (var i = 0; i < notes.Count; i++)
        {
            var (key, value) = notes[i];
            var reason = FindFault(key, mayBeEmpty: false) ?? FindFault(value, mayBeEmpty: true);
            if (reason is null && !seen.Add(key))
            {
                reason = $"the key {Quote(key)} is taken";
            }

            if (reason is not null)
            {
                return new ProgramError(ProgramSection.BuildNotes, i, default, reason);
            }
        }

        return null;
    }

    /// <summary>A name as it may stand in a message: in quotes, and cut off where it is very long.</summary>
    internal static string Quote(string name) =>
        name.Length <= LongestQuote ? $"'{name}'" : $"'{name.AsSpan(0, LongestQuote)}...'";

    /// <summary>Whether a text holds a control character (C0, DEL or C1).</summary>
    internal static bool HasControlCharacter(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character))
            {
                return true;
            }
        }

        return false;
    }

    private static string? FindOffsetFault(string name, uint offset, uint limit)
    {
        if ((offset & 1) != 0)
        {
            return $"{Quote(name)} is at 0x{offset:x}, which is odd";
        }

        return offset <= limit ? null : $"{Quote(name)} is at 0x{offset:x}, outside the code";
    }

    private static string? FindFault(string? text, bool mayBeEmpty)
    {
        if (string.IsNullOrEmpty(text))
        {
            return mayBeEmpty && text is not null ? null : "a name or key is empty";
        }

        if (HasControlCharacter(text))
        {
            return "a text holds a control character";
        }

        return IsWellFormed(text) ? null : "a text holds an unpaired surrogate";
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var consumed) != OperationStatus.Done)
            {
                return false;
            }

            text = text[consumed..];
        }

        return true;
    }
}

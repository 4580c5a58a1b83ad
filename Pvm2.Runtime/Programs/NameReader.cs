using System.Diagnostics.CodeAnalysis;

namespace Pvm2.Runtime.Programs;

/// <summary>Reads the entry points, symbols and build notes of a container.</summary>
internal static class NameReader
{
    internal static bool TryReadEntryPoints(ContainerInput input, [NotNullWhen(true)] out EntryPoint[]? entryPoints)
    {
        input.Section = ProgramSection.EntryPoints;
        entryPoints = null;
        if (!input.TryReadCount("the number of entry points", ContainerFormat.MinNamedOffsetSize, out var count))
        {
            return false;
        }

        var read = new EntryPoint[count];
        ReadOnlyMemory<byte> defaultName = default;
        ReadOnlyMemory<byte> previous = default;
        for (var i = 0; i < read.Length; i++)
        {
            var start = input.Position;
            if (!input.TryReadText("the name of an entry point", mayBeEmpty: false, out var name, out var utf8)
                || !input.TryReadNumber("the offset of an entry point", int.MaxValue, out var position))
            {
                return false;
            }

            if (i > 0 && (utf8.Span.SequenceEqual(defaultName.Span) || !Ascends(previous, utf8)))
            {
                return input.Fail(start, "entry points after the first are not in the order of their names, or a name is taken");
            }

            defaultName = i == 0 ? utf8 : defaultName;
            previous = i == 0 ? default : utf8;
            read[i] = new EntryPoint(name, position << 1);
        }

        entryPoints = read;
        return true;
    }

    internal static bool TryReadSymbols(
        ContainerInput input, uint codeLength, [NotNullWhen(true)] out CodeSymbol[]? symbols)
    {
        input.Section = ProgramSection.Symbols;
        symbols = null;
        if (!input.TryReadCount("the number of symbols", ContainerFormat.MinNamedOffsetSize, out var count))
        {
            return false;
        }

        var read = new CodeSymbol[count];
        var position = 0UL;
        ReadOnlyMemory<byte> previous = default;
        for (var i = 0; i < read.Length; i++)
        {
            var start = input.Position;
            if (!input.TryReadNumber("the distance of a symbol", int.MaxValue, out var distance)
                || !input.TryReadText("the name of a symbol", mayBeEmpty: false, out var name, out var utf8))
            {
                return false;
            }

            position += distance;
            if (position > codeLength >> 1)
            {
                return input.Fail(start, "a symbol is outside the code");
            }

            if (distance == 0 && !Ascends(previous, utf8))
            {
                return input.Fail(start, "symbols of one place are not in the order of their names, or one stands twice");
            }

            previous = utf8;
            read[i] = new CodeSymbol(name, (uint)position << 1);
        }

        symbols = read;
        return true;
    }

    internal static bool TryReadBuildNotes(ContainerInput input, [NotNullWhen(true)] out BuildNote[]? notes)
    {
        input.Section = ProgramSection.BuildNotes;
        notes = null;
        if (!input.TryReadCount("the number of build notes", ContainerFormat.MinNoteSize, out var count))
        {
            return false;
        }

        var read = new BuildNote[count];
        ReadOnlyMemory<byte> previous = default;
        for (var i = 0; i < read.Length; i++)
        {
            var start = input.Position;
            if (!input.TryReadText("the key of a build note", mayBeEmpty: false, out var key, out var utf8)
                || !input.TryReadText("a build note", mayBeEmpty: true, out var value, out _))
            {
                return false;
            }

            if (!Ascends(previous, utf8))
            {
                return input.Fail(start, "build notes are not in the order of their keys, or a key is taken");
            }

            previous = utf8;
            read[i] = new BuildNote(key, value);
        }

        notes = read;
        return true;
    }

    /// <summary>Whether a name comes after another, byte by byte; every name comes after the empty one.</summary>
    private static bool Ascends(ReadOnlyMemory<byte> previous, ReadOnlyMemory<byte> name) =>
        previous.Span.SequenceCompareTo(name.Span) < 0;
}

using Pvm2.Runtime.Programs;

namespace Pvm2.Native.Inspection;

/// <summary>Names machine code as a profile shows it: by function, and what belongs to none by what it is.</summary>
internal sealed class CodeRanges
{
    private const int MaxNameLength = 500;

    // Where functions start, ascending, and what they are called: the first of several names for a place.
    private readonly uint[] _starts;
    private readonly string[] _names;
    private readonly BasicBlockMap _blocks;

    /// <summary>Gets ready to name the code of a program by its symbols and entry points.</summary>
    internal CodeRanges(GuestProgram program, BasicBlockMap blocks)
    {
        _blocks = blocks;
        var functions = new Dictionary<uint, string>();
        foreach (var symbol in program.Symbols)
        {
            _ = functions.TryAdd(symbol.Offset, symbol.Name);
        }

        foreach (var entry in program.EntryPoints)
        {
            _ = functions.TryAdd(entry.Offset, entry.Name);
        }

        // Sorted once: a program may have very many names, in the worst order.
        _starts = [.. functions.Keys.Order()];
        _names = Array.ConvertAll(_starts, start => Printable(functions[start]));
    }

    /// <summary>The ranges of a module's code, in their order; tables and padding are in none.</summary>
    internal IEnumerable<CodeRange> Of(IReadOnlyList<MachineCodePart> parts)
    {
        CodeRange range = default;
        var block = 0u;
        foreach (var part in parts)
        {
            if (part.Kind == MachineCodePartKind.Instruction && _blocks.IsStart(part.Offset))
            {
                block = part.Offset;
            }

            var name = NameOf(part, block);
            if (range.Name == name && range.Position + range.Length == part.Position)
            {
                range = range with { Length = range.Length + part.Length };
                continue;
            }

            if (range.Length != 0 && range.Name.Length != 0)
            {
                yield return range;
            }

            range = new CodeRange(part.Position, part.Length, name);
        }

        if (range.Length != 0 && range.Name.Length != 0)
        {
            yield return range;
        }
    }

    /// <param name="block">The block of an instruction.</param>
    private string NameOf(in MachineCodePart part, uint block) => part.Kind switch
    {
        MachineCodePartKind.Instruction => FunctionAt(part.Offset, block),
        MachineCodePartKind.Stub => $"[{part.Name}]",
        MachineCodePartKind.BlockExit => "[block exits]",
        MachineCodePartKind.EndOfCode => "[end of code]",
        MachineCodePartKind.ColdExit => "[cold exits]",
        _ => string.Empty,
    };

    private string FunctionAt(uint offset, uint block)
    {
        var index = Array.BinarySearch(_starts, offset);
        index = index < 0 ? ~index - 1 : index;
        return index < 0 ? $"block_{block:x}" : _names[index];
    }

    /// <summary>A line is a name's own in the map, and what a program calls its functions is its own affair.</summary>
    private static string Printable(string name) => string.Concat(
        name.Take(MaxNameLength).Select(character => char.IsControl(character) ? '?' : character));
}
